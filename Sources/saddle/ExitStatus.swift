import Datasets
import Downloads
import Features
import Metrics
import Records
import Reporting
import Runner

/// What the command tells the shell.
enum ExitStatus: Int32 {
  case claimFailed = 1
  case usage = 2
  case runsFailed = 3
  case nothingToEvaluate = 4
  case mismatch = 5
  case inputOutput = 6
  case requeue = 75
  case interrupted = 130

  /// The status of an error of ours; nil for one of the argument parser.
  init?(of error: any Error) {
    switch error {
    case RecordsError.invalid: self = .usage
    case RecordsError.inputOutput: self = .inputOutput
    case FeatureError.damagedWeights: self = .mismatch
    case is DatasetError, is FeatureError, is MetricError: self = .usage
    case RunnerError.environment, RunnerError.changedPlan, RunnerError.unmeasurable,
      RunnerError.tooLarge:
      self = .usage
    case RunnerError.damagedRecord: self = .mismatch
    case RunnerError.worker, RunnerError.store: self = .inputOutput
    case RunnerError.benchmark: self = .runsFailed
    case is DynamicsError, is UsageError, is TraceError, is WeightExportError: self = .usage
    case DownloadError.wrongContent, DownloadError.hidden: self = .mismatch
    case is DownloadError: self = .inputOutput
    case ReportFolder.Fault.noRecords, ReportFolder.Fault.incomplete,
      ReportFolder.Fault.notStored, BaselineError.missing:
      self = .nothingToEvaluate
    case ReportFolder.Fault.damaged, ReportFolder.Fault.outdated, BaselineError.damaged,
      ReportError.recordsDoNotFit:
      self = .mismatch
    case is ReportError: self = .inputOutput
    default: return nil
    }
  }
}
