#include "drill/report/calibration.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "drill/report/spread.h"

namespace tocsin::drill {

double Calibration::mean_miss() const noexcept {
  double sum = 0;
  for (const Bin& bin : bins)
    sum += std::abs(bin.predicted - bin.observed) * static_cast<double>(bin.n);
  return n == 0 ? 0 : sum / static_cast<double>(n);
}

Calibrating::Calibrating() : sums_(Calibration::kBins) {}

void Calibrating::add(const Forecast& forecast) {
  const double scaled = forecast.probability * static_cast<double>(Calibration::kBins);
  const auto bin = static_cast<std::size_t>(std::clamp(scaled, 0.0, Calibration::kBins - 1.0));
  sums_[bin].predicted += forecast.probability;
  sums_[bin].came_true += forecast.came_true ? 1 : 0;
  ++sums_[bin].n;
  const double miss = forecast.probability - (forecast.came_true ? 1.0 : 0.0);
  squares_ += miss * miss;
}

void Calibrating::add(const Calibrating& others) {
  for (std::size_t bin = 0; bin < sums_.size(); ++bin) {
    sums_[bin].predicted += others.sums_[bin].predicted;
    sums_[bin].came_true += others.sums_[bin].came_true;
    sums_[bin].n += others.sums_[bin].n;
  }
  squares_ += others.squares_;
}

Calibration Calibrating::result() const {
  Calibration out;
  for (const Sums& sums : sums_) {
    const double n = std::max(1.0, static_cast<double>(sums.n));
    out.bins.push_back({sums.predicted / n, static_cast<double>(sums.came_true) / n, sums.n});
    out.n += sums.n;
  }
  out.brier = squares_ / std::max(1.0, static_cast<double>(out.n));
  return out;
}

nlohmann::json to_json(const Calibration& calibration) {
  nlohmann::json bins = nlohmann::json::array();
  for (const Bin& bin : calibration.bins)
    if (bin.n > 0)
      bins.push_back({{"predicted", rounded(bin.predicted)},
                      {"observed", rounded(bin.observed)},
                      {"n", bin.n}});
  nlohmann::json out{{"bins", std::move(bins)}};
  // Without a forecast there is no score; 0 would mean a perfect one.
  out["brier"] = calibration.n == 0 ? nlohmann::json{} : nlohmann::json(rounded(calibration.brier));
  return out;
}

}  // namespace tocsin::drill
