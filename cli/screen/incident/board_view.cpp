#include "screen/incident/board_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/counted.h"
#include "base/text.h"
#include "incident/coordinator/prompt.h"
#include "screen/paragraph.h"

namespace tocsin::cli {

namespace {

using base::fit;
using base::printable;
using incident::AreaLine;
using incident::Board;
using incident::Seats;
using nlohmann::json;

std::string_view in_words(seal::Realness realness) {
  return realness == seal::Realness::real ? "REAL" : "EXERCISE";
}

// A span of time such as "1 h 05", in a short form.
std::string elapsed(base::Milliseconds span) {
  const auto minutes = std::chrono::floor<base::Minutes>(span).count();
  return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
}

Paint paint_of(const AreaLine& line) {
  if (line.below_minimum > 0) return Paint::red;
  return line.seats.filled < line.seats.required ? Paint::yellow : Paint::green;
}

std::string bar(const Seats& seats, std::size_t width) {
  const auto cells = static_cast<int>(width);
  const int full = seats.required == 0 ? cells : cells * seats.filled / seats.required;
  std::string out;
  for (int i = 0; i < cells; ++i) out += i < full ? "█" : "░";
  return out;
}

std::string gaps_of(const AreaLine& line) {
  std::string text;
  for (const incident::Gap& gap : line.gaps)
    text += fmt::format("{}{} {} {}", text.empty() ? "" : ", ", gap.missing, gap.title,
                        base::local_clock(gap.by));
  return text;
}

std::string title_line(const Board& board, const Output& out, std::size_t columns) {
  const std::string badge = fmt::format(" {} ", in_words(board.realness));
  const std::string state = board.ended_at
                                ? fmt::format("ENDED {}", base::local_clock(*board.ended_at))
                                : fmt::format("{} since {}", elapsed(board.at - board.declared_at),
                                              base::local_clock(board.declared_at));
  const std::string right = fmt::format("{}  {}", state, base::local_clock(board.at));
  const std::size_t used = badge.size() + 1 + base::display_width(right) + 1;
  const std::string middle = printable(fmt::format("{}  {}", board.label, board.title));
  const Paint paint = board.realness == seal::Realness::real ? Paint::real : Paint::exercise;
  return out.paint(paint, badge) + " " +
         out.paint(Paint::bold, fit(middle, columns > used ? columns - used : 1)) + " " + right;
}

std::string ending_line(const Board& board, std::size_t columns) {
  const std::string text = fmt::format(
      "Ended at {}, after {}, by {}: {}. So it stood then.", base::local_stamp(*board.ended_at),
      base::minutes_text(std::chrono::floor<base::Minutes>(*board.ended_at - board.declared_at)),
      board.ended_by, board.ended_why);
  return std::string{base::trim(fit(printable(text), columns))};
}

std::string area_line(const AreaLine& line, const Output& out, std::size_t columns) {
  constexpr std::size_t kBar = 10;
  const std::string head = fmt::format("{} ", fit(printable(line.title), 26));
  const std::string likely =
      line.forecast ? fmt::format("{:>3.0f} %", *line.forecast * 100) : std::string(5, ' ');
  const std::string count =
      fmt::format("{:>3} of {:<3} {} ", line.seats.filled, line.seats.required, likely);
  const std::string drawn = bar(line.seats, kBar);
  const std::size_t used = 27 + base::display_width(count) + kBar + 1;
  const std::string rest = columns > used ? fit(printable(gaps_of(line)), columns - used) : "";
  return head + out.paint(paint_of(line), count + drawn) + " " + std::string{base::trim(rest)};
}

std::string roles_line(const Board& board, std::size_t columns) {
  std::string text;
  for (const incident::RoleLine& role : board.roles)
    text += fmt::format("{}{} {}{}", text.empty() ? "" : ", ", role.pool,
                        role.role.empty() ? "without a role" : role.role,
                        role.reserve > 0 ? fmt::format(" ({} in reserve)", role.reserve) : "");
  return std::string{base::trim(fit(
      printable("pool     " + (text.empty() ? std::string{"nobody is waiting"} : text)), columns))};
}

std::string cover_line(const Board& board) {
  std::string text = "relief  ";
  for (const incident::Cover& cover : board.cover)
    text += fmt::format(" +{} h {}  ", cover.ahead.count(),
                        cover.planned
                            ? fmt::format("{} of {}", cover.seats.filled, cover.seats.required)
                            : std::string{"not planned"});
  if (board.rest_breaches > 0) text += fmt::format(" rest broken for {}", board.rest_breaches);
  return std::string{base::trim(text)};
}

// The lines of prompts. Those that interrupted are highlighted. They take at most a third of the
// screen.
std::vector<std::string> waiting_lines(const Board& board, const Output& out, std::size_t columns,
                                       std::size_t rows) {
  std::vector<std::string> lines;
  std::size_t shown = 0;
  for (const incident::Waiting& waiting : board.waiting) {
    const std::string text = fmt::format("{} {} {}{}: {} (until {})", waiting.raised ? "!" : "-",
                                         waiting.number, incident::to_text(waiting.flag),
                                         waiting.subject.empty() ? "" : " " + waiting.subject,
                                         waiting.advice, base::local_clock(waiting.expires));
    const auto words = paragraph(printable(text), columns, 4);
    if (shown > 0 && lines.size() + words.size() > rows / 3) break;
    ++shown;
    for (const std::string& line : words)
      lines.push_back(out.paint(waiting.raised ? Paint::yellow : Paint::dim, line));
  }
  if (shown < board.waiting.size())
    lines.push_back(out.paint(Paint::dim, "- and " + base::counted(board.waiting.size() - shown,
                                                                   "more waits", "more wait")));
  if (!lines.empty()) lines.emplace_back();
  return lines;
}

// Empty when the forecast is of this minute.
std::string forecast_age(const Board& board) {
  constexpr base::Minutes kFresh{1};
  return board.forecast_at && *board.forecast_at + kFresh < board.at && !board.ended_at
             ? fmt::format("   forecast of {}", base::local_clock(*board.forecast_at))
             : "";
}

json seats_json(const Seats& seats) {
  return {{"required", seats.required},
          {"filled", seats.filled},
          {"on_time", seats.on_time},
          {"arrived", seats.arrived}};
}

}  // namespace

namespace {

// Whoever is at work has to be named by somebody who sees them.
std::string unknown_line(const Board& board, std::size_t columns) {
  std::string text = fmt::format("{}: duty of {} unknown", board.rota,
                                 base::counted(board.duty_unknown, "person", "people"));
  if (board.left_to_wards > 0)
    text += fmt::format("; {} left to whoever is at work: tocsin reply NAME arrived",
                        base::counted(board.left_to_wards, "seat", "seats"));
  return std::string{base::trim(fit(printable(text), columns))};
}

std::vector<std::string> head_lines(const Board& board, const Output& out, std::size_t columns,
                                    std::size_t rows) {
  std::vector<std::string> head;
  head.push_back(title_line(board, out, columns));
  if (board.ended_at) head.push_back(out.paint(Paint::bold, ending_line(board, columns)));
  head.emplace_back();
  head.push_back(
      fmt::format("{}", out.paint(Paint::bold, fmt::format("{} of {} filled", board.seats.filled,
                                                           base::counted(board.seats.required,
                                                                         "post", "posts")))) +
      printable(fmt::format("  {} on time, {} here   ({}){}", board.seats.on_time,
                            board.seats.arrived, board.shift, forecast_age(board))));
  if (board.not_told > 0)
    head.push_back(out.paint(Paint::yellow, fmt::format("assigned, not told: {}", board.not_told)));
  if (board.duty_unknown > 0 && !board.ended_at)
    head.push_back(out.paint(Paint::yellow, unknown_line(board, columns)));
  head.emplace_back();
  for (std::string& line : waiting_lines(board, out, columns, rows))
    head.push_back(std::move(line));
  return head;
}

// "sms 30 to send (2 min), 12 sent, 3 failed, FAILING". Empty when nothing was written.
std::string traffic_text(const Board& board) {
  std::vector<std::string> channels;
  for (const incident::Traffic& one : board.traffic) {
    std::vector<std::string> parts;
    const auto add = [&](int count, std::string_view what) {
      if (count > 0) parts.push_back(fmt::format("{} {}", count, what));
    };
    const auto minutes = one.drains_in ? std::chrono::ceil<base::Minutes>(*one.drains_in).count()
                                       : base::Minutes::rep{0};
    add(one.waiting, one.drains_in ? fmt::format("to send ({} min)", minutes) : "to send");
    add(one.sent, "sent");
    add(one.delivered, "delivered");
    add(one.failed, "failed");
    if (parts.empty()) continue;
    channels.push_back(fmt::format("{} {}{}", one.channel.str(), base::join(parts, ", "),
                                   one.rests          ? ", FAILING, passed over"
                                   : one.is_failing() ? ", FAILING"
                                                      : ""));
  }
  return base::join(channels, " · ");
}

std::vector<std::string> foot_lines(const Board& board, std::size_t columns) {
  const incident::Counts& c = board.counts;
  std::vector<std::string> foot;
  foot.push_back(fmt::format("inbound  15 min {}   30 min {}   60 min {}   later {}",
                             board.inbound[0], board.inbound[1], board.inbound[2],
                             board.inbound_later));
  foot.push_back(fmt::format(
      "people   called {}  reached {}  replied {}  yes {}  later {}  last resort {}  no {}",
      c.called, c.reached, c.replied, c.yes, c.later, c.last_resort, c.no));
  foot.push_back(roles_line(board, columns));
  foot.push_back(cover_line(board));
  std::string odds = fmt::format("offers   {} parked", board.offers_parked);
  if (board.offers_useful > 0) odds += fmt::format(", {} would fill a gap", board.offers_useful);
  if (board.phone_list > 0) odds += fmt::format("   phone list {}", board.phone_list);
  if (board.wrong_numbers > 0) odds += fmt::format("   wrong numbers {}", board.wrong_numbers);
  if (board.unsent > 0)
    odds += fmt::format("   {} to send", base::counted(board.unsent, "message", "messages"));
  foot.push_back(odds);
  if (const std::string text = traffic_text(board); !text.empty())
    for (std::string& line : paragraph("channels " + text, columns, 9))
      foot.push_back(std::move(line));
  return foot;
}

// At most `room` lines. When there are more areas, the last line sums up the others.
std::vector<std::string> area_lines(const Board& board, const Output& out, std::size_t columns,
                                    std::size_t room) {
  std::vector<std::string> lines;
  const bool cut = board.areas.size() > room;
  const std::size_t shown = cut ? room - 1 : board.areas.size();
  for (std::size_t i = 0; i < shown; ++i) lines.push_back(area_line(board.areas[i], out, columns));
  if (!cut) return lines;
  Seats rest;
  for (std::size_t i = shown; i < board.areas.size(); ++i) {
    rest.required += board.areas[i].seats.required;
    rest.filled += board.areas[i].seats.filled;
  }
  lines.push_back(out.paint(
      Paint::dim,
      fmt::format(
          "{} {:>3} of {:<3}",
          fit("and " + base::counted(board.areas.size() - shown, "more area", "more areas"), 26),
          rest.filled, rest.required)));
  return lines;
}

}  // namespace

std::vector<std::string> board_lines(const Board& board, const Output& out, std::size_t columns,
                                     std::size_t rows) {
  std::vector<std::string> lines = head_lines(board, out, columns, rows);
  const std::vector<std::string> foot = foot_lines(board, columns);
  const std::size_t fixed = lines.size() + foot.size() + 1;  // and a blank line
  std::size_t room = rows > fixed ? rows - fixed : 1;
  if (room < board.areas.size()) room = std::max<std::size_t>(room, 2);  // one line is the summary
  for (std::string& line : area_lines(board, out, columns, room)) lines.push_back(std::move(line));
  lines.emplace_back();
  lines.insert(lines.end(), foot.begin(), foot.end());
  return lines;
}

namespace {

json traffic_json(const Board& board) {
  json channels = json::array();
  for (const incident::Traffic& one : board.traffic)
    channels.push_back({{"channel", one.channel.str()},
                        {"waiting", one.waiting},
                        {"sent", one.sent},
                        {"delivered", one.delivered},
                        {"failed", one.failed},
                        {"per_minute", one.per_minute ? json(*one.per_minute) : json(nullptr)},
                        {"drains_in", one.drains_in ? json(one.drains_in->count()) : json(nullptr)},
                        {"failing", one.is_failing()},
                        {"passed_over", one.rests}});
  return channels;
}

json areas_json(const Board& board) {
  json areas = json::array();
  for (const AreaLine& line : board.areas) {
    json gaps = json::array();
    for (const incident::Gap& gap : line.gaps)
      gaps.push_back(
          {{"post", gap.post.str()}, {"missing", gap.missing}, {"by", base::to_rfc3339(gap.by)}});
    json area = seats_json(line.seats);
    area.update({{"id", line.id.str()},
                 {"title", line.title},
                 {"priority", line.priority},
                 {"minimum", line.minimum},
                 {"below_minimum", line.below_minimum},
                 {"forecast", line.forecast ? json(*line.forecast) : json(nullptr)},
                 {"gaps", gaps}});
    areas.push_back(std::move(area));
  }
  return areas;
}

json people_json(const incident::Counts& c) {
  return {{"called", c.called},
          {"reached", c.reached},
          {"replied", c.replied},
          {"silent", c.silent},
          {"yes", c.yes},
          {"later", c.later},
          {"last_resort", c.last_resort},
          {"no", c.no},
          {"offers", c.offers},
          {"assigned", c.assigned},
          {"reserved", c.reserved},
          {"stood_down", c.stood_down},
          {"arrived", c.arrived}};
}

json waiting_json(const Board& board) {
  json waiting = json::array();
  for (const incident::Waiting& one : board.waiting)
    waiting.push_back({{"number", one.number},
                       {"kind", incident::to_text(one.flag)},
                       {"subject", one.subject},
                       {"advice", one.advice},
                       {"default", one.otherwise},
                       {"raised", one.raised},
                       {"expires", base::to_rfc3339(one.expires)}});
  return waiting;
}

}  // namespace

nlohmann::json board_json(const Board& board) {
  json pool = json::array();
  for (const incident::RoleLine& role : board.roles)
    pool.push_back({{"role", role.role}, {"pool", role.pool}, {"reserve", role.reserve}});
  json relief = json::array();
  for (const incident::Cover& cover : board.cover)
    relief.push_back({{"hours", cover.ahead.count()},
                      {"planned", cover.planned},
                      {"required", cover.seats.required},
                      {"filled", cover.seats.filled}});
  return {{"incident", board.label},
          {"title", board.title},
          {"organisation", board.organisation},
          {"exercise", board.realness == seal::Realness::exercise},
          {"declared_at", base::to_rfc3339(board.declared_at)},
          {"at", base::to_rfc3339(board.at)},
          {"ended_at", board.ended_at ? json(base::to_rfc3339(*board.ended_at)) : json(nullptr)},
          {"ended_by", board.ended_at ? json(board.ended_by) : json(nullptr)},
          {"ended_why", board.ended_at ? json(board.ended_why) : json(nullptr)},
          {"shift", board.shift},
          {"forecast_at",
           board.forecast_at ? json(base::to_rfc3339(*board.forecast_at)) : json(nullptr)},
          {"posts", seats_json(board.seats)},
          {"areas", areas_json(board)},
          {"inbound",
           {{"15", board.inbound[0]},
            {"30", board.inbound[1]},
            {"60", board.inbound[2]},
            {"later", board.inbound_later}}},
          {"people", people_json(board.counts)},
          {"pool", pool},
          {"relief", relief},
          {"rest_breaches", board.rest_breaches},
          {"offers_parked", board.offers_parked},
          {"offers_useful", board.offers_useful},
          {"waiting", waiting_json(board)},
          {"not_told", board.not_told},
          {"duty_unknown", board.duty_unknown},
          {"left_to_wards", board.left_to_wards},
          {"left_to_people", board.left_to_people},
          {"phone_list", board.phone_list},
          {"wrong_numbers", board.wrong_numbers},
          {"unsent", board.unsent},
          {"channels", traffic_json(board)}};
}

base::Exit exit_of(const Board& board) {
  if (!board.ended_at && board.seats.filled < board.seats.required) return base::Exit::unfilled;
  return board.left_to_people > 0 ? base::Exit::not_reached : base::Exit::done;
}

}  // namespace tocsin::cli
