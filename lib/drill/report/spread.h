// The distribution of a number over many runs: its mean, and the range of nine runs in ten.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace tocsin::drill {

struct Spread {
  double mean = 0;
  double p5 = 0;
  double p95 = 0;
};

// Interpolates between the two nearest order statistics (Hyndman and Fan, type 7). `sorted` must
// rise; the result is 0 when it is empty. `share` is 0 to 1.
double quantile(const std::vector<double>& sorted, double share);

Spread spread_of(std::vector<double> values);  // zeros when empty
nlohmann::json to_json(const Spread& spread);

// Rounds a share for output, to remove the last bits of a division.
double rounded(double value);

}  // namespace tocsin::drill
