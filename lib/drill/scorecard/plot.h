// A plot as one SVG element, for a page that loads nothing else: axes with round ticks, lines,
// bands, bars and dots. The page's style gives each series its colour, for light and dark mode.
// Series also differ by dash, for people who do not see the colours.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::drill {

// Replaces &, <, > and quotes by entities.
std::string escaped(std::string_view text);

struct Range {
  double from = 0;
  double until = 1;
  double step = 0;  // between ticks; 0: round numbers
};

class Plot {
 public:
  struct Size {
    double width = 720;
    double height = 320;
  };
  // `description` says in words what the plot shows, for screen readers.
  Plot(std::string title, std::string description, Range x, Range y, std::string x_label,
       std::string y_label, Size size);

  using Points = std::vector<std::pair<double, double>>;
  void line(int series, const Points& points);
  void band(int series, const Points& low, const Points& high);
  void bar(int series, Range x, double height);
  void dot(double x, double y, double radius, const std::string& tooltip);
  void rule(std::pair<double, double> from,
            std::pair<double, double> until);  // thin, for comparison

  std::string svg() const;

 private:
  double at_x(double x) const noexcept;
  double at_y(double y) const noexcept;
  std::string path_of(const Points& points) const;
  std::string axes() const;

  std::string title_, description_;
  Range x_, y_;
  std::string x_label_, y_label_;
  Size size_;
  std::string marks_;
};

// Round numbers from 0 to at least `most`, about `wanted` of them.
std::vector<double> ticks(double most, int wanted);

}  // namespace tocsin::drill
