/// The shape of a sample as messages say it: `a vector of 64`, `8×8 maps of 16 channels`.
func shapeText(_ shape: [Int]) -> String {
  switch shape.count {
  case 1: "a vector of \(shape[0])"
  case 3: "\(shape[0])×\(shape[1]) maps of \(shape[2]) channel\(shape[2] == 1 ? "" : "s")"
  default: "a sample of shape \(shape)"
  }
}
