// How a number spread over many runs: its mean and what nine runs in ten lay between.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace tocsin::drill {

struct Spread {
  double mean = 0;
  double p5 = 0;
  double p95 = 0;
};

// Linear between the two nearest order statistics (Hyndman and Fan, type 7). `sorted` rises; 0 when
// empty. `share` is 0 to 1.
double quantile(const std::vector<double>& sorted, double share);

Spread spread_of(std::vector<double> values);  // zeros when empty
nlohmann::json to_json(const Spread& spread);

// A share of runs as a script reads it: without the last bits of a division.
double rounded(double value);

}  // namespace tocsin::drill
