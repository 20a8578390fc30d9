#include "screen/incident/driver_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "screen/incident/board_view.h"

namespace tocsin::cli {

namespace {

std::string driver_line(const std::optional<control::Driven>& driven, base::Instant now,
                        const Output& out, std::size_t columns) {
  const auto line = [&](Paint paint, const std::string& text) {
    return out.paint(paint, std::string{base::trim(base::fit(text, columns))});
  };
  if (!driven)
    return line(Paint::red,
                "! NOBODY DRIVES: nothing is decided or sent until \"tocsin run\" is started");
  if (driven->is_silent)
    return line(
        Paint::red,
        fmt::format("! NOBODY DRIVES: nothing heard since {} of {}; \"tocsin run\" takes over",
                    base::local_clock(driven->holder.heard_at), control::words_of(driven->holder)));
  return line(Paint::dim, "driven   by " + driver_words(*driven, now));
}

}  // namespace

std::string driver_words(const control::Driven& driven, base::Instant now) {
  const control::Holder& holder = driven.holder;
  if (holder.name.empty()) return "another process";
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now - holder.heard_at).count();
  const std::string place = control::place_of(holder);
  return fmt::format(
      "{} since {}, {}{}{}", base::printable(holder.name), base::local_clock(holder.since),
      driven.is_silent ? "last heard at " + base::local_clock(holder.heard_at)
                       : fmt::format("heard {} s ago", std::max<std::int64_t>(seconds, 0)),
      place.empty() ? "" : ", on ", place);
}

nlohmann::json driver_json(const std::optional<control::Driven>& driven) {
  if (!driven) return nullptr;
  const control::Holder& holder = driven->holder;
  return {{"name", holder.name},
          {"host", holder.host},
          {"terminal", holder.terminal},
          {"process", holder.process},
          {"since", base::to_rfc3339(holder.since)},
          {"heard_at", base::to_rfc3339(holder.heard_at)},
          {"silent", driven->is_silent}};
}

std::vector<std::string> live_board_lines(control::Session& session, base::Instant now,
                                          const Output& out, std::size_t columns,
                                          std::size_t rows) {
  const incident::Board board = incident::board(session.state(), now);
  if (session.at() || session.is_over()) return board_lines(board, out, columns, rows);
  auto lines = board_lines(board, out, columns, rows - std::min<std::size_t>(rows, 1));
  lines.insert(lines.begin() + 1, driver_line(session.driver(), now, out, columns));
  return lines;
}

nlohmann::json live_board_json(control::Session& session, base::Instant now) {
  nlohmann::json json = board_json(incident::board(session.state(), now));
  json["driver"] = nullptr;
  json["driven"] = nullptr;
  if (session.at()) return json;
  const auto driven = session.driver();
  json["driver"] = driver_json(driven);
  json["driven"] = driven && !driven->is_silent;
  return json;
}

}  // namespace tocsin::cli
