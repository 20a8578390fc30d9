#include "drill/scorecard/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "drill/people/figures.h"
#include "drill/scorecard/plot.h"
#include "drill/scorecard/scorecard.h"

namespace tocsin::drill {

namespace {

using Experiments = std::span<const Experiment>;

constexpr std::size_t kMostAtRiskOnPage = 12;

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--page:#fff;--ink:#1b1f24;--soft:#57606a;--grid:#dfe3e8;
--s0:#0b5cad;--s1:#b3480a}
@media(prefers-color-scheme:dark){:root{--page:#14171b;--ink:#e8eaed;--soft:#a0a8b2;--grid:#333a42;
--s0:#74b4ff;--s1:#ffa365}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:60rem;background:var(--page);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.15rem;margin:2.5rem 0 .25rem}
h3{font-size:.9rem;font-weight:600;margin:0}
p{margin:.25rem 0 .75rem;max-width:44rem}
.exercise{font-weight:700;letter-spacing:.04em}
.soft,figcaption{color:var(--soft);font-size:.9rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;margin:.75rem 0;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--grid);text-align:left;
font-weight:400}
thead th{font-weight:600;border-bottom-color:var(--soft)}
td,thead th:not(:first-child){text-align:right;white-space:nowrap}
svg{display:block;width:100%;height:auto}
figure{margin:0}.plot{overflow-x:auto}.plot svg{min-width:34rem}.square{max-width:32rem}
.areas{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1.25rem 1rem}
.key{display:inline-block;width:1.75rem;height:0;border-top:3px solid;margin:0 .4rem .25rem 0}
.key.s0{color:var(--s0)}.key.s1{color:var(--s1);border-top-style:dashed}
.keys span+span{margin-left:1.25rem}
text{fill:var(--ink);font:12px system-ui,sans-serif}
.tick,.label{fill:var(--soft)}
.grid{stroke:var(--grid);fill:none}.axis{stroke:var(--soft);fill:none}
.rule{stroke:var(--soft);stroke-dasharray:2 4;fill:none}
.s0{color:var(--s0)}.s1{color:var(--s1)}
.line{stroke:currentColor;stroke-width:2;fill:none}.line.s1{stroke-dasharray:6 4}
.band{fill:currentColor;opacity:.16}.bar{fill:currentColor;opacity:.75}
.dot{fill:currentColor;opacity:.8}
@media print{body{max-width:none}h2{break-after:avoid}figure{break-inside:avoid}}
)";

Plot::Points points_of(const Curve& curve, const std::vector<double>& values) {
  Plot::Points out;
  for (std::size_t i = 0; i < curve.at.size(); ++i)
    out.emplace_back(static_cast<double>(curve.at[i].count()), values[i]);
  return out;
}

void draw(Plot& plot, int series, const Curve& curve) {
  plot.band(series, points_of(curve, curve.p5), points_of(curve, curve.p95));
  plot.line(series, points_of(curve, curve.median));
}

double highest(const Curve& curve) {
  return curve.p95.empty() ? 0 : *std::max_element(curve.p95.begin(), curve.p95.end());
}

double last_minute(const Curve& curve) {
  return curve.at.empty() ? 1.0 : static_cast<double>(curve.at.back().count());
}

std::string keys(Experiments all) {
  std::string out = "<p class=\"keys soft\">";
  for (std::size_t e = 0; e < all.size(); ++e)
    out += fmt::format("<span><i class=\"key s{}\"></i>{}</span>", e, to_text(all[e].policy));
  return out + "</p>\n";
}

std::string table(Experiments all) {
  std::string out = "<div class=\"wide\"><table><thead><tr><th scope=\"col\">";
  out += fmt::format("Mean of {} runs, or share of them", all.front().runs);
  for (const Experiment& e : all)
    out += fmt::format("</th><th scope=\"col\">{}", to_text(e.policy));
  out += "</th></tr></thead>\n<tbody>\n";
  for (const Row& row : score_rows(all)) {
    out += fmt::format("<tr><th scope=\"row\">{}</th>", escaped(row.what));
    for (const std::string& value : row.values) out += fmt::format("<td>{}</td>", escaped(value));
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string replies(Experiments all) {
  double most = 1;
  for (const Experiment& e : all) most = std::max(most, highest(e.replies));
  std::string words;
  for (const Experiment& e : all)
    words += fmt::format("{}: {:.0f} people in the median run. ", to_text(e.policy),
                         e.replies.median.back());
  Plot plot{"Replies over time",
            "People who had answered, in all. " + words,
            {0, last_minute(all.front().replies), 30},
            {0, ticks(most, 5).back()},
            "minutes since the declaration",
            "people who have answered",
            {}};
  for (std::size_t e = 0; e < all.size(); ++e) draw(plot, static_cast<int>(e), all[e].replies);
  return "<h2>Replies</h2>\n<p>Median run, and what nine runs in ten lay between.</p>\n" +
         keys(all) + "<figure class=\"plot\">" + plot.svg() + "</figure>\n";
}

std::string areas(Experiments all) {
  std::string out =
      "<h2>Posts filled, by area</h2>\n<p>Somebody with a seat of the first shift stands there. "
      "The "
      "dotted line is what the playbook asks for in the end.</p>\n" +
      keys(all) + "<div class=\"areas\">\n";
  for (std::size_t a = 0; a < all.front().areas.size(); ++a) {
    const Curve& area = all.front().areas[a];
    if (area.required == 0) continue;
    std::string words;
    for (const Experiment& e : all)
      words +=
          fmt::format("{}: {:.0f} of {} seats after an hour in the median run. ", to_text(e.policy),
                      e.areas[a].median[std::min<std::size_t>(
                          e.areas[a].median.size() - 1,
                          static_cast<std::size_t>(Report::kSoon / Watch::kStep))],
                      area.required);
    const double top = ticks(area.required, 3).back();
    Plot plot{area.title, words, {0, last_minute(area), 60}, {0, top}, "minutes", "", {300, 190}};
    plot.rule({0, area.required}, {last_minute(area), area.required});
    for (std::size_t e = 0; e < all.size(); ++e) draw(plot, static_cast<int>(e), all[e].areas[a]);
    out += fmt::format("<figure><h3>{}</h3>{}</figure>\n", escaped(area.title), plot.svg());
  }
  return out + "</div>\n";
}

std::string forecast(const Experiment& e) {
  std::string out = "<h2>Forecast against outcome</h2>\n";
  if (e.forecast.n == 0) return out + "<p class=\"soft\">No forecast was made in these runs.</p>\n";
  Plot plot{"Forecast against outcome",
            fmt::format("{} forecasts; on average {:.1f} points from what came true.", e.forecast.n,
                        100 * e.forecast.mean_miss()),
            {0, 1},
            {0, 1},
            "forecast probability that the posts would be filled in time",
            "share that were",
            {480, 360}};
  plot.rule({0, 0}, {1, 1});
  for (const Bin& bin : e.forecast.bins)
    if (bin.n > 0)
      plot.dot(bin.predicted, bin.observed,
               4 + 12 * std::sqrt(static_cast<double>(bin.n) / static_cast<double>(e.forecast.n)),
               fmt::format("forecast {:.2f}, came true {:.2f}, {} forecasts", bin.predicted,
                           bin.observed, bin.n));
  return out + fmt::format(
                   "<p>On the dotted line a forecast of 80 % comes true in 80 %. Brier score "
                   "{:.3f}; larger dots stand for more forecasts.</p>\n<figure "
                   "class=\"square\">{}</figure>\n",
                   e.forecast.brier, plot.svg());
}

std::string disturbed(Experiments all) {
  double most = 1;
  for (const Experiment& e : all)
    most = std::max(most, *std::max_element(e.asked_by_run.begin(), e.asked_by_run.end()));
  const double top = ticks(most, 6).back();
  constexpr std::size_t kBars = 50;
  std::vector<std::vector<double>> counts;
  double highest_bar = 1;
  for (const Experiment& e : all) {
    counts.emplace_back(kBars, 0);
    for (const double asked : e.asked_by_run) {
      const auto bar = static_cast<std::size_t>(asked / top * kBars);
      counts.back()[std::min(bar, kBars - 1)] += 1;
    }
    highest_bar =
        std::max(highest_bar, *std::max_element(counts.back().begin(), counts.back().end()));
  }
  std::string words;
  for (const Experiment& e : all)
    words += fmt::format("{}: {:.0f} people asked on average. ", to_text(e.policy), e.asked.mean);
  Plot plot{"People disturbed",        words,  {0, top},  {0, ticks(highest_bar, 5).back()},
            "people asked in one run", "runs", {720, 260}};
  for (std::size_t e = 0; e < all.size(); ++e)
    for (std::size_t b = 0; b < kBars; ++b)
      if (counts[e][b] > 0)
        plot.bar(static_cast<int>(e),
                 {top * static_cast<double>(b) / kBars, top * static_cast<double>(b + 1) / kBars},
                 counts[e][b]);
  return fmt::format("<h2>People disturbed</h2>\n<p>Of {} staff. {}</p>\n", all.front().staff,
                     escaped(words)) +
         keys(all) + "<figure class=\"plot\">" + plot.svg() + "</figure>\n";
}

std::string at_risk(Experiments all) {
  std::string out =
      "<h2>Posts most often short or late</h2>\n<div class=\"wide\"><table><thead><tr>"
      "<th scope=\"col\">Post</th><th scope=\"col\">priority</th>";
  for (const Experiment& e : all)
    out += fmt::format("<th scope=\"col\">runs, {}</th>", to_text(e.policy));
  out += "</tr></thead>\n<tbody>\n";
  const std::vector<AtRisk>& worst = all.front().at_risk;
  for (std::size_t i = 0; i < std::min(kMostAtRiskOnPage, worst.size()); ++i) {
    out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td>", escaped(worst[i].post),
                       worst[i].priority);
    for (const Experiment& e : all) {
      const auto same = std::find_if(e.at_risk.begin(), e.at_risk.end(),
                                     [&](const AtRisk& p) { return p.post == worst[i].post; });
      out += fmt::format("<td>{:.1f} %</td>",
                         same == e.at_risk.end() ? 0.0 : 100 * same->share_missed);
    }
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

}  // namespace

std::string scorecard_page(Experiments all, std::string_view title) {
  const Experiment& first = all.front();
  std::string out = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'\">\n<title>{0}: drill scorecard</title>\n<style>{1}</style>\n"
      "</head>\n<body>\n<main>\n<p class=\"exercise\">EXERCISE</p>\n<h1>{0}</h1>\n"
      "<p class=\"soft\">{2} staff, seeds {3} to {4}{5}. People behave after {6}.</p>\n",
      escaped(title), kStyle, first.staff, first.seed, first.seed + first.runs - 1,
      first.belief == 1
          ? ""
          : fmt::format(", people reached {} times as often as published", first.belief),
      escaped(kFiguresRow));
  out += table(all);
  out += replies(all);
  out += areas(all);
  out += disturbed(all);
  out += forecast(*std::max_element(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.forecast.n < b.forecast.n;
  }));
  out += at_risk(all);
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace tocsin::drill
