"""f-divergences by mpmath: generating functions, activations and conjugates, and a check of one against another."""

from mpmath import exp, expm1, lambertw, log, log1p, mp, mpf, sqrt, tanh

mp.dps = 300

#: Settings of the entries that have some, exact in the decimal notation of their keys.
SHARE = mpf("0.3")
SMALL_ALPHA = mpf("0.5")
LARGE_ALPHA = mpf(2)
SCORES = ("-3", "-0.5", "0.25", "2")
DIFFERENCE = mpf(10) ** -130
AGREEMENT = mpf(10) ** -100


def softplus(x):
    return log1p(exp(-x)) + x if x > 0 else log1p(exp(x))


def power_divergence(alpha):
    def conjugate(t):
        base = max(t * (alpha - 1) + 1, mpf(0))
        return base ** (alpha / (alpha - 1)) / alpha - 1 / alpha

    return (lambda u: (u**alpha - 1 - alpha * (u - 1)) / (alpha * (alpha - 1)),
            (lambda v: v) if alpha > 1 else lambda v: 1 / (1 - alpha) - softplus(-v),
            conjugate)


def jeffrey_conjugate(t):
    w = lambertw(exp(1 - t)).real
    return w + 1 / w + t - 2


def shared(u):
    return 1 - SHARE + SHARE * u


#: key -> (f of the density ratio, activation g of the score, conjugate f*).
DIVERGENCES = {
    "kl": (lambda u: u * log(u), lambda v: v, lambda t: exp(t - 1)),
    "reverse-kl": (lambda u: -log(u), lambda v: -exp(-v), lambda t: -1 - log(-t)),
    "pearson": (lambda u: (u - 1) ** 2, lambda v: v, lambda t: t * t / 4 + t),
    "neyman": (lambda u: (1 - u) ** 2 / u, lambda v: -expm1(-v), lambda t: 2 - 2 * sqrt(1 - t)),
    "squared-hellinger": (lambda u: (sqrt(u) - 1) ** 2, lambda v: -expm1(-v),
                          lambda t: t / (1 - t)),
    "jeffrey": (lambda u: (u - 1) * log(u), lambda v: v, jeffrey_conjugate),
    "jensen-shannon": (lambda u: u * log(u) - (u + 1) * log((u + 1) / 2),
                       lambda v: log(mpf(2)) - softplus(-v), lambda t: -log(2 - exp(t))),
    "gan": (lambda u: u * log(u) - (u + 1) * log(u + 1), lambda v: -softplus(-v),
            lambda t: -log(-expm1(t))),
    "weighted-jensen-shannon,share=0.3": (
        lambda u: SHARE * u * log(u) - shared(u) * log(shared(u)),
        lambda v: -SHARE * log(SHARE) - softplus(-v),
        lambda t: (1 - SHARE) * log((1 - SHARE) / (1 - SHARE * exp(t / SHARE)))),
    "total-variation": (lambda u: abs(u - 1) / 2, lambda v: tanh(v) / 2, lambda t: t),
    "alpha,alpha=0.5": power_divergence(SMALL_ALPHA),
    "alpha,alpha=2.0": power_divergence(LARGE_ALPHA),
}


def check_conjugates():
    """f*(t) = u t - f(u) where f*'(t) = u, at activations of several scores."""
    for key, (f, activation, conjugate) in DIVERGENCES.items():
        for score in map(mpf, SCORES):
            t = activation(score)
            u = (conjugate(t + DIFFERENCE) - conjugate(t - DIFFERENCE)) / (2 * DIFFERENCE)
            if u == 0:
                continue  # beyond the bend of a conjugate, where no density ratio answers
            if abs(conjugate(t) - (u * t - f(u))) > AGREEMENT:
                raise AssertionError(f"{key}: conjugate at {t}: {conjugate(t)}, not {u * t - f(u)}")
