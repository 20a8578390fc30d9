#include "drill/report/calibration.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "base/random.h"

namespace tocsin::drill {
namespace {

Forecast made(double probability, bool came_true) { return {probability, came_true}; }

Calibration calibrate(const std::vector<Forecast>& forecasts) {
  Calibrating calibrating;
  for (const Forecast& f : forecasts) calibrating.add(f);
  return calibrating.result();
}

// Computes each bin again by searching all forecasts for those in it.
TEST(Calibration, BinsAreWhatAWalkThroughAllForecastsFinds) {
  base::SeededRandom random{3};
  std::vector<Forecast> forecasts;
  double squares = 0;
  for (int i = 0; i < 3'000; ++i) {
    const double p = static_cast<double>(random.below(1001)) / 1000.0;
    forecasts.push_back(made(p, random.chance(0.5)));
    squares += std::pow(p - (forecasts.back().came_true ? 1 : 0), 2);
  }
  // In three parts, like the forecasts of many runs.
  Calibrating all;
  for (const auto& [from, to] : {std::pair{0, 1'000}, {1'000, 1'001}, {1'001, 3'000}}) {
    Calibrating part;
    for (int i = from; i < to; ++i) part.add(forecasts[static_cast<std::size_t>(i)]);
    all.add(part);
  }
  const Calibration result = all.result();
  ASSERT_EQ(result.bins.size(), 10u);
  EXPECT_EQ(result.n, forecasts.size());
  EXPECT_NEAR(result.brier, squares / 3'000, 1e-12);
  for (int b = 0; b < 10; ++b) {
    double predicted = 0, observed = 0;
    std::size_t n = 0;
    for (const Forecast& f : forecasts) {
      const auto thousandths = std::lround(f.probability * 1000);
      if (!(thousandths / 100 == b || (b == 9 && thousandths == 1000))) continue;
      predicted += f.probability;
      observed += f.came_true ? 1 : 0;
      ++n;
    }
    const Bin& bin = result.bins[static_cast<std::size_t>(b)];
    ASSERT_EQ(bin.n, n) << b;
    EXPECT_NEAR(bin.predicted, predicted / static_cast<double>(n), 1e-9);
    EXPECT_NEAR(bin.observed, observed / static_cast<double>(n), 1e-9);
  }
}

TEST(Calibration, AForecasterWhoKnowsTheDiceIsCalibrated) {
  base::SeededRandom random{11};
  std::vector<Forecast> forecasts;
  for (int i = 0; i < 20'000; ++i) {
    const double p = random.uniform();
    forecasts.push_back(made(p, random.chance(p)));
  }
  const Calibration result = calibrate(forecasts);
  EXPECT_LT(result.mean_miss(), 0.02);
  EXPECT_NEAR(result.brier, 1.0 / 6, 0.01);  // the mean of p (1 - p)
}

TEST(Calibration, OneWhoIsSureAndWrongIsFarOff) {
  const Calibration result = calibrate({made(1, false), made(1, false), made(0, true)});
  EXPECT_DOUBLE_EQ(result.brier, 1);
  EXPECT_DOUBLE_EQ(result.mean_miss(), 1);
}

TEST(Calibration, NoForecastIsNotAPerfectOne) {
  const Calibration result = calibrate({});
  EXPECT_EQ(result.n, 0u);
  EXPECT_EQ(result.bins.size(), 10u);
}

}  // namespace
}  // namespace tocsin::drill
