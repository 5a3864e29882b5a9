#ifndef SADDLE_ELEMENTARY_H
#define SADDLE_ELEMENTARY_H

// Double-precision functions from basic IEEE operations alone, within 2 ULP. sinpi and cospi take
// any finite argument and are exact at multiples of one half.
double saddle_exp(double x);
double saddle_expm1(double x);
double saddle_log(double x);
double saddle_log1p(double x);
double saddle_tanh(double x);
double saddle_sigmoid(double x);
double saddle_softplus(double x);
double saddle_sinpi(double x);
double saddle_cospi(double x);

#endif
