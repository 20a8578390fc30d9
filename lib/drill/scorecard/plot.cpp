#include "drill/scorecard/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tocsin::drill {

namespace {

// The margins for labels around the plot, in SVG units.
constexpr double kLeft = 46;
constexpr double kRight = 20;
constexpr double kTop = 10;
constexpr double kBottom = 40;

std::string number(double value) {
  return value == std::round(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.1f}", value);
}

std::vector<double> ticks_of(const Range& range, int wanted) {
  if (range.step <= 0) return ticks(range.until, wanted);
  std::vector<double> out;
  for (double tick = 0; tick <= range.until; tick += range.step) out.push_back(tick);
  return out;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  return out;
}

std::vector<double> ticks(double most, int wanted) {
  const double rough = std::max(most, 1e-9) / std::max(1, wanted);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double nice : {1.0, 2.0, 5.0})
    if (nice * power >= rough * (1 - 1e-9)) {
      step = nice * power;
      break;
    }
  std::vector<double> out;
  for (int i = 0; out.empty() || out.back() < most * (1 - 1e-9); ++i) out.push_back(i * step);
  return out;
}

Plot::Plot(std::string title, std::string description, Range x, Range y, std::string x_label,
           std::string y_label, Size size)
    : title_(std::move(title)),
      description_(std::move(description)),
      x_(x),
      y_(y),
      x_label_(std::move(x_label)),
      y_label_(std::move(y_label)),
      size_(size) {}

double Plot::at_x(double x) const noexcept {
  return kLeft + (x - x_.from) / (x_.until - x_.from) * (size_.width - kLeft - kRight);
}

double Plot::at_y(double y) const noexcept {
  const double up = (y - y_.from) / (y_.until - y_.from);
  return size_.height - kBottom - up * (size_.height - kTop - kBottom);
}

std::string Plot::path_of(const Points& points) const {
  std::string out;
  for (const auto& [x, y] : points)
    out += fmt::format("{}{:.1f} {:.1f}", out.empty() ? "M" : "L", at_x(x), at_y(y));
  return out;
}

void Plot::line(int series, const Points& points) {
  marks_ += fmt::format("<path class=\"line s{}\" d=\"{}\"/>\n", series, path_of(points));
}

void Plot::band(int series, const Points& low, const Points& high) {
  Points around = high;
  around.insert(around.end(), low.rbegin(), low.rend());
  marks_ += fmt::format("<path class=\"band s{}\" d=\"{}Z\"/>\n", series, path_of(around));
}

void Plot::bar(int series, Range x, double height) {
  marks_ += fmt::format(
      "<rect class=\"bar s{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>\n",
      series, at_x(x.from), at_y(height), std::max(1.0, at_x(x.until) - at_x(x.from) - 1),
      at_y(y_.from) - at_y(height));
}

void Plot::dot(double x, double y, double radius, const std::string& tooltip) {
  marks_ += fmt::format(
      "<circle class=\"dot s0\" cx=\"{:.1f}\" cy=\"{:.1f}\" "
      "r=\"{:.1f}\"><title>{}</title></circle>\n",
      at_x(x), at_y(y), radius, escaped(tooltip));
}

void Plot::rule(std::pair<double, double> from, std::pair<double, double> until) {
  marks_ += fmt::format("<path class=\"rule\" d=\"{}\"/>\n", path_of({from, until}));
}

std::string Plot::axes() const {
  std::string out;
  const double left = at_x(x_.from);
  const double floor = at_y(y_.from);
  for (const double tick : ticks_of(y_, size_.height > 200 ? 5 : 3)) {
    if (tick < y_.from || tick > y_.until * (1 + 1e-9)) continue;
    out += fmt::format(
        "<path class=\"grid\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>"
        "<text class=\"tick\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n",
        left, at_y(tick), at_x(x_.until), left - 6, at_y(tick) + 4, number(tick));
  }
  for (const double tick : ticks_of(x_, size_.width > 400 ? 6 : 3)) {
    if (tick < x_.from || tick > x_.until * (1 + 1e-9)) continue;
    out += fmt::format(
        "<text class=\"tick\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n",
        at_x(tick), floor + 16, number(tick));
  }
  out += fmt::format("<path class=\"axis\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>\n", left, floor,
                     at_x(x_.until));
  out +=
      fmt::format("<text class=\"label\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n",
                  at_x(x_.until), size_.height - 6, escaped(x_label_));
  if (!y_label_.empty())
    out += fmt::format(
        "<text class=\"label\" transform=\"translate(12 {:.1f}) rotate(-90)\" "
        "text-anchor=\"middle\">{}</text>\n",
        (kTop + floor) / 2, escaped(y_label_));
  return out;
}

std::string Plot::svg() const {
  return fmt::format(
      "<svg role=\"img\" viewBox=\"0 0 {} {}\" xmlns=\"http://www.w3.org/2000/svg\">"
      "<title>{}</title><desc>{}</desc>\n{}{}</svg>\n",
      size_.width, size_.height, escaped(title_), escaped(description_), axes(), marks_);
}

}  // namespace tocsin::drill
