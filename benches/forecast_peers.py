"""Forecasts beside statsforecast's AutoETS and AutoTheta, on the same seeded series in the same run.

    python3 -m venv VENV && VENV/bin/pip install statsforecast
    cargo run --release -p gangmu-indicators --example backtest -- SEED COUNT > series.jsonl
    VENV/bin/python benches/forecast_peers.py series.jsonl [MOST]

Prints MASE (scale: the mean step of a season within the series, of a period where it is shorter than a season), the
share of what came within the 80 % interval, and how many series a second of processor time the peers do. Where a peer fails on a short
series, the last value stands in for it and the failure is counted.
"""

import json
import sys
import time
import warnings

import numpy as np
from statsforecast.models import AutoETS, AutoTheta

warnings.filterwarnings("ignore")
SEASONS = {"year": 1, "half": 2, "quarter": 4, "month": 12}


def scale(values, season):
    lag = season if len(values) > season else 1
    mean = float(np.mean(np.abs(values[lag:] - values[:-lag])))
    return mean if mean > 0 else 1.0


def peer(model, values, horizon):
    start = time.process_time()
    try:
        found = model.forecast(y=values, h=horizon, level=[80])
        mean, low, high = found["mean"], found["lo-80"], found["hi-80"]
        failed = not np.all(np.isfinite(mean))
    except Exception:
        failed = True
    took = time.process_time() - start
    if failed:
        mean = low = high = np.full(horizon, values[-1])
    return np.asarray(mean), np.asarray(low), np.asarray(high), took, failed


def main():
    lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    if len(sys.argv) > 2:
        lines = lines[: int(sys.argv[2])]
    tallies = {}
    for line in lines:
        values = np.array([float(value) for value in line["values"]])
        actual = np.array(line["actual"], dtype=float)
        season = SEASONS[line["frequency"]]
        unit = scale(values, season)
        answers = {"ours": (np.array(line["mean"]), *np.array(line["intervals"][1]).T, 0.0, False)}
        answers["AutoETS"] = peer(AutoETS(season_length=season), values, len(actual))
        answers["AutoTheta"] = peer(AutoTheta(season_length=season), values, len(actual))
        length = "3-11" if len(values) < 12 else "12-40"
        for name, (mean, low, high, took, failed) in answers.items():
            for group in ["all", length, f"{length} {line['process']}", f"{length} {line['frequency']}"]:
                tally = tallies.setdefault(group, {}).setdefault(name, [[], [], 0.0, 0])
                tally[0].append(min(float(np.mean(np.abs(mean - actual))) / unit, 50.0))
                tally[1].extend((low <= actual) & (actual <= high))
                tally[2] += took
                tally[3] += failed
    for group in sorted(tallies):
        names = tallies[group]
        ours = np.mean(names["ours"][0])
        row = [f"{group:16} {len(names['ours'][0]):5}  ours {ours:6.3f} ({100 * np.mean(names['ours'][1]):4.1f} %)"]
        for name in ["AutoETS", "AutoTheta"]:
            errors, within, took, failed = names[name]
            row.append(
                f"{name} {np.mean(errors):6.3f} ({100 * np.mean(within):4.1f} %, failed {failed}) ratio {ours / np.mean(errors):5.3f}"
                f" {len(errors) / took:6.0f}/s"
            )
        print("  ".join(row))


main()
