// Elementary functions at hard points and at random ones, correctly rounded by mpmath: pairs of the bit
// patterns of argument and value. Made by this Python script:
//
//     import random, struct
//     import mpmath as mp
//
//     mp.mp.prec = 400
//     random.seed(1)
//     HARD = {
//         "exp": [709.782712893384, -708.4, -744.4400719213812, 0.34657359027997264, 88.5, -3e-17],
//         "expm1": [0.34657359027997264, 0.3465735902799727, -0.3465735902799727, 709.7, -37.5, 1e-300],
//         "log": [0.7071067811865475, 0.7071067811865476, 0.9999999999999999, 1.0000000000000002,
//                 5e-324, 2.2e-308, 1.7976931348623157e308, 0.5, 2.0, 1e-10],
//         "log1p": [-0.29, -0.28999999999999998, 0.41, 0.42, -0.9999999999999999, 1e300, -1e-17],
//         "tanh": [0.17328679513998632, 0.1732867951399863, 0.55, 19.06, 1e-300, -0.195431],
//         "sigmoid": [-709.5, -744.44, 36.7, -36.7, -1e-17, 1.1],
//         "softplus": [-709.5, -744.44, 36.7, -36.7, -1e-17, 0.88],
//         "sinpi": [0.25, 0.2500000000000001, 0.75, 1.0000000000000002, 1e-300, 1234567.890625, -0.1591],
//         "cospi": [0.25, 0.2500000000000001, 0.75, 0.5000000000000001, 1e-9, 1234567.890625, -0.334],
//     }
//     OURS = {"sigmoid": lambda x: 1 / (1 + mp.exp(-x)), "softplus": lambda x: mp.log1p(mp.exp(x))}
//     bits = lambda x: "0x%016x" % struct.unpack("<Q", struct.pack("<d", x))
//     for name, hard in HARD.items():
//         function = OURS.get(name) or getattr(mp, name)
//         common = [random.uniform(-1, 1) * 10.0 ** random.randint(-3, 1) for _ in range(12)]
//         print(f"  (\n    \"{name}\",\n    [")
//         for x in hard + ([abs(x) for x in common] if "log" in name else common):
//             print(f"      ({bits(x)}, {bits(float(function(mp.mpf(x))))}),")
//         print("    ]\n  ),")

let elementaryReference: [(name: String, points: [(x: UInt64, value: UInt64)])] = [
  (
    "exp",
    [
      (0x40862e42fefa39ef, 0x7fefffffffffff2a),
      (0xc086233333333333, 0x000ff15b469edf89),
      (0xc0874385446d71c3, 0x0000000000000001),
      (0x3fd62e42fefa39ef, 0x3ff6a09e667f3bcc),
      (0x4056200000000000, 0x47e99b987155fe28),
      (0xbc814b37f4b51f71, 0x3ff0000000000000),
      (0xbf47f6599d210b83, 0x3feffa02f91c0da5),
      (0xbfdf59e5ee1d0148, 0x3fe39b540b67aabc),
      (0x3fe0b39bd3988ec4, 0x3ffaf6dc16733c83),
      (0x3f68d645267e98d7, 0x3ff00c6ff5934cf1),
      (0xbf4a9de7cad9fa7b, 0x3feff959371e222c),
      (0x3fe92c1b3eafa59c, 0x400191647d35a126),
      (0xbf219fecfa6e74f6, 0x3feffee6060ad05d),
      (0x3fa40da41f4d0b74, 0x3ff0a39c004921ec),
      (0x3f722607fdf87fec, 0x3ff0123056d98804),
      (0x3f27e53416c85a6f, 0x3ff000bf2e16c12c),
      (0x3f4a4ed5cd5a35cf, 0x3ff0034a31430f7f),
      (0xc0231b6becdf6de8, 0x3f1299442409f14d),
    ]
  ),
  (
    "expm1",
    [
      (0x3fd62e42fefa39ef, 0x3fda827999fcef32),
      (0x3fd62e42fefa39f0, 0x3fda827999fcef33),
      (0xbfd62e42fefa39f0, 0xbfd2bec333018867),
      (0x40862d999999999a, 0x7fed75ae7a50ee14),
      (0xc042c00000000000, 0xbff0000000000000),
      (0x01a56e1fc2f8f359, 0x01a56e1fc2f8f359),
      (0xbfef692fb07c9f5e, 0xbfe4025625140a13),
      (0x3fd7deb3f37730ec, 0x3fdcee2e7c82eba0),
      (0x40121176164a582b, 0x4056a42d59a03131),
      (0xbfe1cfcdc1e3f0bc, 0xbfdb5197f09c19ef),
      (0x40219111fd7aa3c1, 0x40b97ba2b4945122),
      (0xbf75dd9ff23853be, 0xbf75ceb5dd69ec00),
      (0x3fd6a2f913802088, 0x3fdb281e7190a070),
      (0x3f4da36725309cb0, 0x3f4da6d5d6ac3848),
      (0xbffad28a167f339c, 0xbfea03b84f840b18),
      (0x3f4bab26118cb787, 0x3f4bae23d52c5c1e),
      (0xbfb014e3af2c1177, 0xbfaf2c7e081e376f),
      (0xbfb3691234d8074d, 0xbfb2b15c65809175),
    ]
  ),
  (
    "log",
    [
      (0x3fe6a09e667f3bcc, 0xbfd62e42fefa39f1),
      (0x3fe6a09e667f3bcd, 0xbfd62e42fefa39ee),
      (0x3fefffffffffffff, 0xbca0000000000000),
      (0x3ff0000000000001, 0x3cafffffffffffff),
      (0x0000000000000001, 0xc0874385446d71c3),
      (0x000fd1d7d505cd02, 0xc0862343131aa1ed),
      (0x7fefffffffffffff, 0x40862e42fefa39ef),
      (0x3fe0000000000000, 0xbfe62e42fefa39ef),
      (0x4000000000000000, 0x3fe62e42fefa39ef),
      (0x3ddb7cdfd9d7bdbb, 0xc037069e2aa2aa5b),
      (0x401fa56253370003, 0x40008bea83bb9e19),
      (0x3febeea47fbcd8bc, 0xbfc167004a404667),
      (0x3f243af58addb852, 0xc0218d79d52fc5f4),
      (0x400f76069a511aa4, 0x3ff5e8afe164386a),
      (0x3fee4d071f0f5126, 0xbfabef223cd839a6),
      (0x401bb21f8568bd0d, 0x3ffef5b411b0efa5),
      (0x3f2bf4eacdfac560, 0xc020e7db498f4796),
      (0x3fa43f6160ede5a0, 0xc009d7a1f3183be9),
      (0x3f5c13dcda883815, 0xc01979f26bbb1078),
      (0x3f9b3689bec03147, 0xc00d05af316485a3),
      (0x40208a9266ce210e, 0x4000e6d603843470),
      (0x3f800f2381226653, 0xc01364b3880e2339),
    ]
  ),
  (
    "log1p",
    [
      (0xbfd28f5c28f5c28f, 0xbfd5eb5c7907e4c8),
      (0xbfd28f5c28f5c28f, 0xbfd5eb5c7907e4c8),
      (0x3fda3d70a3d70a3d, 0x3fd5fd5fabe64085),
      (0x3fdae147ae147ae1, 0x3fd6712984ec8f15),
      (0xbfefffffffffffff, 0xc0425e4f7b2737fa),
      (0x7e37e43c8800759c, 0x4085963447f87fb5),
      (0xbc670ef54646d497, 0xbc670ef54646d497),
      (0x3fa570e16b838820, 0x3fa5011028d788ad),
      (0x3f30f889d31ce47f, 0x3f30f7f9d836fa0a),
      (0x3f79220861f26834, 0x3f790e5fa448b803),
      (0x40104543e27ba6e9, 0x3ff9f74c6130837f),
      (0x3fc7dae392806ac0, 0x3fc5dfec432c70bc),
      (0x3f681c2d4b2b334d, 0x3f68131caa24c2fe),
      (0x3ed2c74483770d50, 0x3ed2c741c2361b1d),
      (0x4015a4505bfec30a, 0x3ffdba1658b103be),
      (0x4020cdaf624d2bc0, 0x4001ed599c866116),
      (0x40156d086bf49877, 0x3ffd97726dbed240),
      (0x4008fce438f35df4, 0x3ff6aacb84279069),
      (0x3f9e0ca8daa56f34, 0x3f9d9df2f57e9344),
    ]
  ),
  (
    "tanh",
    [
      (0x3fc62e42fefa39ef, 0x3fc5f619980c4337),
      (0x3fc62e42fefa39ee, 0x3fc5f619980c4336),
      (0x3fe199999999999a, 0x3fe00442f6419203),
      (0x40330f5c28f5c28f, 0x3fefffffffffffff),
      (0x01a56e1fc2f8f359, 0x01a56e1fc2f8f359),
      (0xbfc903e20ccff21b, 0xbfc8b394c6ca83c6),
      (0x4009797052f5bdb5, 0x3fefe3f4e0d9fb3b),
      (0x3f4df5237ab6143c, 0x3f4df522eeae9d1a),
      (0xc0029c129853af6c, 0xbfef6532770e3a70),
      (0x4018bb2f674ae0e7, 0x3fefffee1eed2915),
      (0x3f76b970c84eed0a, 0x3f76b96180c10560),
      (0xbf235ff87455e9d3, 0xbf235ff871f7d322),
      (0xbf6ef678e76c0300, 0xbf6ef66f3dc89597),
      (0x3f56eff83fab13ec, 0x3f56eff744410564),
      (0x3fec3990bc09aae2, 0x3fe6a34b42bea0c8),
      (0xbf68b2ddbfd35b67, 0xbf68b2d8d842ad2e),
      (0xbf266edf925b1062, 0xbf266edf8eae498b),
      (0x3fe8a05dab357188, 0x3fe4b1a018692530),
    ]
  ),
  (
    "sigmoid",
    [
      (0xc0862c0000000000, 0x00054e90c99fb878),
      (0xc08743851eb851ec, 0x0000000000000001),
      (0x404259999999999a, 0x3fefffffffffffff),
      (0xc04259999999999a, 0x3ca0998b04bdd18f),
      (0xbc670ef54646d497, 0x3fe0000000000000),
      (0x3ff199999999999a, 0x3fe802217b20c901),
      (0x3fad54f7bb0a1590, 0x3fe0754ba89c6da7),
      (0xbf15f170ff99926f, 0x3fdfffa83a3c0276),
      (0x3f78f348f81c74ae, 0x3fe00c79a1f4e38f),
      (0x3f50a1be7e56ea9a, 0x3fe0021437cccc17),
      (0x401ce17622ea7fe5, 0x3feffa02b163730f),
      (0x3fae6c3bfe18a797, 0x3fe079a7c652da61),
      (0xbf4ea408bdb66194, 0x3fdffc2b7eecf7d7),
      (0xbf4b502bbf8b71bf, 0x3fdffc95fa8b5f90),
      (0xbf83406f32745c0d, 0x3fdfd97f342fdbcd),
      (0xbf4069b2ef7699fa, 0x3fdffdf2c9a2c966),
      (0x3f785a9343d6856c, 0x3fe00c2d474811c6),
      (0xbf34644d6be24ca0, 0x3fdffeb9bb296e05),
    ]
  ),
  (
    "softplus",
    [
      (0xc0862c0000000000, 0x00054e90c99fb878),
      (0xc08743851eb851ec, 0x0000000000000001),
      (0x404259999999999a, 0x404259999999999a),
      (0xc04259999999999a, 0x3ca0998b04bdd18f),
      (0xbc670ef54646d497, 0x3fe62e42fefa39ef),
      (0x3fec28f5c28f5c29, 0x3ff3a1b1b0e8e163),
      (0xbfb106887efa7835, 0x3fe52261b988f1e4),
      (0x3f41f1ab2f43adc3, 0x3fe63081487ff061),
      (0x3fa00aa8037e4937, 0x3fe6af9991d669a7),
      (0xbf828de0dc068be7, 0x3fe6093cc16160e0),
      (0xbedd69d100e10c4a, 0x3fe62e3ba486d200),
      (0xbfee7cc565810390, 0x3fd4e0635d3fad2b),
      (0xbf69aab168050390, 0x3fe62170390e9c2f),
      (0xbfa8bcda583535b0, 0x3fe56ac0113e371d),
      (0x401ffc486b4d308f, 0x401ffca0a9e22a1a),
      (0x402311ccc90ba2ee, 0x402311d642c058f5),
      (0xbf21ea84c2694754, 0x3fe62db3ac15231e),
      (0xbfe19378dfdb69da, 0x3fdd2b461747aaf3),
    ]
  ),
  (
    "sinpi",
    [
      (0x3fd0000000000000, 0x3fe6a09e667f3bcd),
      (0x3fd0000000000002, 0x3fe6a09e667f3bcf),
      (0x3fe8000000000000, 0x3fe6a09e667f3bcd),
      (0x3ff0000000000001, 0xbcc921fb54442d18),
      (0x01a56e1fc2f8f359, 0x01c0d4cab14b6bc0),
      (0x4132d687e4000000, 0xbfd58f9a75ab1fdd),
      (0xbfc45d63886594af, 0xbfdeac6d13d723c4),
      (0xbf7cf63c141e4661, 0xbf96bea5bd74450f),
      (0xbff162d5cbd0d6a2, 0x3fd13425f8ec3169),
      (0x400c8214a0888661, 0xbfef5d73900004e7),
      (0x401a94602a34bc3f, 0x3fecbdcb9db0eda7),
      (0xbfef758cfe24f354, 0xbfab2bf2ede96563),
      (0x3fd30242207dbf90, 0x3fe9b5fd16dff5ae),
      (0x3fa1e8f7542bbb67, 0x3fbc138f77275af9),
      (0x3fd4751bfa185cc8, 0x3feaffdf8152bb5e),
      (0xbfb697177b47c288, 0xbfd1841324449766),
      (0xbf7ea9fd5c7d197e, 0xbf9814cc92b77f9c),
      (0x3fb33a33d380ed0d, 0x3fcdec3b95ba7b0e),
      (0xbf4c220205414af6, 0xbf66186fd98d95bf),
    ]
  ),
  (
    "cospi",
    [
      (0x3fd0000000000000, 0x3fe6a09e667f3bcd),
      (0x3fd0000000000002, 0x3fe6a09e667f3bca),
      (0x3fe8000000000000, 0xbfe6a09e667f3bcd),
      (0x3fe0000000000001, 0xbcb921fb54442d18),
      (0x3e112e0be826d695, 0x3ff0000000000000),
      (0x4132d687e4000000, 0x3fee212104f686e5),
      (0xbfd5604189374bc7, 0x3fdfe243c7b26538),
      (0xbfa36b342775cbf4, 0x3fefc5eac014c2d4),
      (0x3fdf3637f2880478, 0x3fa3ce0e4fc4aea2),
      (0x3f55479f667f205c, 0x3fefffee8ac3b13c),
      (0xbf501b2a9959eeec, 0x3feffff5ffc1c812),
      (0x3f5daebbf89a6b71, 0x3fefffde085e2fce),
      (0x40227cf084810a66, 0xbfe70c5eaa59920e),
      (0xbfe90ded9247547c, 0xbfe8d82b764bdb96),
      (0x3f922c6609949400, 0x3feff3452c9da17e),
      (0xbf43a2542e4f5860, 0x3feffffc48d29a99),
      (0xbfe2d4cca369b656, 0xbfd18fa23fce8e2f),
      (0x3fc76699c6363848, 0x3feadd9849cf4068),
      (0xbfe9511d107f1208, 0xbfe95b125f9e9d30),
    ]
  ),
]
