#include "drill/report/spread.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

namespace tocsin::drill {

double quantile(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], at - static_cast<double>(below));
}

Spread spread_of(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  return {sum / static_cast<double>(values.size()), quantile(values, 0.05), quantile(values, 0.95)};
}

double rounded(double value) { return std::round(value * 1e6) / 1e6; }

nlohmann::json to_json(const Spread& spread) {
  return {{"mean", rounded(spread.mean)}, {"p5", rounded(spread.p5)}, {"p95", rounded(spread.p95)}};
}

}  // namespace tocsin::drill
