// Whether forecasts come true: of the posts with a forecast of 80 %, were 80 % filled in time?
// Knows nothing about how a forecast is made.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace tocsin::drill {

// The forecast that all seats of a post will be filled by their time.
struct Forecast {
  double probability = 0;
  bool came_true = false;
};

struct Bin {
  double predicted = 0;  // mean of the predictions
  double observed = 0;   // share that came true
  std::size_t n = 0;
};

struct Calibration {
  std::vector<Bin> bins;  // kBins of equal width, from 0 to 1; a prediction of 1 is in the last
  double brier = 0;       // mean squared error; 0 is perfect
  std::size_t n = 0;

  // The mean distance between prediction and outcome over all bins, weighted by n.
  double mean_miss() const noexcept;

  static constexpr std::size_t kBins = 10;
};

class Calibrating {
 public:
  Calibrating();
  void add(const Forecast& forecast);
  void add(const Calibrating& others);
  Calibration result() const;

 private:
  struct Sums {
    double predicted = 0;
    std::size_t came_true = 0;
    std::size_t n = 0;
  };
  std::vector<Sums> sums_;
  double squares_ = 0;
};

nlohmann::json to_json(const Calibration& calibration);  // empty bins are left out

}  // namespace tocsin::drill
