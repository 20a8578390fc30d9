#include "screen/channel_view.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "base/counted.h"
#include "base/text.h"

namespace tocsin::cli {

namespace {

using contact::Class;
using control::TestCounts;
using control::TestedPoint;
using control::TestOutcome;
using nlohmann::json;

struct Nature {
  std::string_view name;
  std::string_view readers;
  std::string_view carries;
};

Nature nature_of(Class carries) {
  switch (carries) {
    case Class::sealed:
      return {"sealed", "the device alone", "the whole message"};
    case Class::end_to_end:
      return {"end-to-end", "the person's own application", "the whole message"};
    case Class::provider_readable:
      return {"provider-readable", "its provider", "a nudge: code word and link"};
    case Class::human:
      return {"human", "the operator", "the words, spoken"};
  }
  return {};
}

// Of what a channel sends: in a second, or in a minute where that is less than one a second.
struct PerTime {
  int messages;
  std::string_view time;
};
PerTime per_time(const base::Rate& limit) {
  if (limit.per_second >= 1) return {static_cast<int>(limit.per_second), "second"};
  return {static_cast<int>(60 * limit.per_second), "minute"};
}

std::string last_test_in_words(const std::vector<TestedPoint>& points) {
  const TestCounts counts = control::counts_of(points);
  return fmt::format("last test {}: {} of {} reached", base::local_stamp(points.front().begun),
                     counts.reached, base::counted(counts.people, "person", "people"));
}

json channel_json(const ChannelShown& shown) {
  const Nature nature = nature_of(shown.channel.carries);
  json limit = nullptr;
  if (shown.limit) {
    const PerTime most = per_time(*shown.limit);
    limit = {{"messages", most.messages}, {"per", most.time}};
  }
  json last = nullptr;
  if (!shown.last_test.empty()) {
    const TestCounts counts = control::counts_of(shown.last_test);
    last = {{"at", base::to_rfc3339(shown.last_test.front().begun)},
            {"people", counts.people},
            {"reached", counts.reached}};
  }
  return {{"channel", shown.channel.name}, {"class", nature.name}, {"read_by", nature.readers},
          {"carries", nature.carries},     {"state", shown.state}, {"limit", std::move(limit)},
          {"last_test", std::move(last)}};
}

std::string seconds_text(const std::optional<std::chrono::seconds>& seconds) {
  return seconds ? fmt::format(", median {}", base::span_text(*seconds)) : std::string{};
}

json seconds_json(const std::optional<std::chrono::seconds>& seconds) {
  return seconds ? json(seconds->count()) : json(nullptr);
}

std::string outcome_in_words(const TestedPoint& point) {
  std::string words{control::to_text(point.outcome)};
  if (point.is_reached()) return fmt::format("{} after {}", words, base::span_text(point.after));
  return point.reason.empty() ? words : fmt::format("{}: {}", words, base::printable(point.reason));
}

std::string name_of(const TestShown& shown, const roster::PersonId& id) {
  const roster::Responder* person = shown.roster.find(id);
  return person == nullptr ? id.str()
                           : fmt::format("{} ({})", base::printable(person->name), id.str());
}

json test_json(const TestShown& shown, const std::vector<TestedPoint>& points,
               const TestCounts& counts, std::size_t stopped) {
  auto tests = json::array();
  for (const TestedPoint& point : points) {
    const roster::Responder* person = shown.roster.find(point.person);
    tests.push_back({{"person", point.person.str()},
                     {"name", person == nullptr ? "" : person->name},
                     {"outcome", to_text(point.outcome)},
                     {"seconds", point.is_reached() ? json(point.after.count()) : json(nullptr)},
                     {"reason", point.reason}});
  }
  return {{"channel", shown.channel},
          {"begun", base::to_rfc3339(points.front().begun)},
          {"contact_points", counts.points},
          {"people", counts.people},
          {"reached", counts.reached},
          {"answered", counts.of(TestOutcome::answered)},
          {"delivered", counts.of(TestOutcome::delivered)},
          {"sent", counts.of(TestOutcome::sent)},
          {"failed", counts.of(TestOutcome::failed)},
          {"not_sent", counts.of(TestOutcome::not_sent)},
          {"withdrawn", stopped},
          {"seconds_to_answer", seconds_json(counts.to_answer)},
          {"seconds_to_delivery", seconds_json(counts.to_delivery)},
          {"tests", std::move(tests)}};
}

// How often each reason was given.
void print_reasons(Output& out, const std::vector<TestedPoint>& points) {
  std::map<std::string, std::size_t> reasons;
  for (const TestedPoint& point : points)
    if (!point.is_reached() && !point.reason.empty()) ++reasons[point.reason];
  for (const auto& [reason, times] : reasons)
    out.line(fmt::format("  {} times: {}", times, base::printable(reason)));
}

}  // namespace

void print_channels(Output& out, Form form, const std::vector<ChannelShown>& channels) {
  if (form == Form::json) {
    auto all = json::array();
    for (const ChannelShown& shown : channels) all.push_back(channel_json(shown));
    return out.json(all);
  }
  for (const ChannelShown& shown : channels) {
    const Nature nature = nature_of(shown.channel.carries);
    std::string line = fmt::format("{:<9} {:<19} {:<17} read by {}; carries {}", shown.channel.name,
                                   shown.state, nature.name, nature.readers, nature.carries);
    if (shown.limit) {
      const PerTime most = per_time(*shown.limit);
      line += fmt::format("; at most {} a {}", most.messages, most.time);
    }
    if (!shown.last_test.empty()) line += "; " + last_test_in_words(shown.last_test);
    out.line(line);
  }
}

void print_test_plan(Output& out, Form form, const TestShown& shown,
                     const control::TestScope& scope, const std::optional<base::Rate>& limit) {
  std::set<std::size_t> people;
  for (const control::TestTarget& target : scope.targets) people.insert(target.person);
  const auto takes = std::chrono::ceil<std::chrono::seconds>(
      limit ? control::time_to_send(scope.targets.size(), *limit) : base::Milliseconds{0});
  if (form == Form::json)
    return out.json(
        {{"channel", shown.channel},
         {"people", people.size()},
         {"contact_points", scope.targets.size()},
         {"seconds", takes.count()},
         {"left_out", {{"withdrawn", scope.withdrawn}, {"wrong_numbers", scope.wrong_numbers}}}});
  out.line(fmt::format("would write to {} ({}) by {}, which takes {}",
                       base::counted(people.size(), "person", "people"),
                       base::counted(scope.targets.size(), "contact point", "contact points"),
                       shown.channel, base::span_text(takes)));
  constexpr std::size_t kNamed = 10;
  std::size_t left = kNamed;
  for (const std::size_t person : people) {
    if (left-- == 0) break;
    out.line("  " + name_of(shown, shown.roster[person].id));
  }
  if (people.size() > kNamed) out.line(fmt::format("  and {} more", people.size() - kNamed));
  if (scope.withdrawn + scope.wrong_numbers > 0)
    out.note(fmt::format("left out: {} whose people want no messages there, {} known as wrong",
                         scope.withdrawn, scope.wrong_numbers));
}

void print_test(Output& out, Form form, const TestShown& shown,
                const std::vector<TestedPoint>& points, std::size_t stopped) {
  constexpr std::size_t kEach = 20;
  const TestCounts counts = control::counts_of(points);
  if (form == Form::json) return out.json(test_json(shown, points, counts, stopped));
  if (points.size() <= kEach)
    for (const TestedPoint& point : points)
      out.line(fmt::format("{} {}", out.cell(name_of(shown, point.person), 30),
                           outcome_in_words(point)));
  out.line(fmt::format("{}: {} of {} reached", shown.channel, counts.reached,
                       base::counted(counts.people, "person", "people")));
  out.line(fmt::format(
      "  {} answered{}; {} delivered{}; {} sent, and nothing heard; {} failed; {} not sent",
      counts.of(TestOutcome::answered), seconds_text(counts.to_answer),
      counts.of(TestOutcome::delivered), seconds_text(counts.to_delivery),
      counts.of(TestOutcome::sent), counts.of(TestOutcome::failed),
      counts.of(TestOutcome::not_sent)));
  if (points.size() > kEach) print_reasons(out, points);
  if (stopped > 0)
    out.line(fmt::format("  {} sent STOP and get no more messages there",
                         base::counted(stopped, "address", "addresses")));
}

std::string tested_in_words(const TestedPoint& point) {
  return fmt::format("last test {}: {}", base::local_stamp(point.begun), outcome_in_words(point));
}

}  // namespace tocsin::cli
