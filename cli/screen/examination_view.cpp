#include "screen/examination_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/counted.h"
#include "base/text.h"
#include "roster/people/dates.h"
#include "screen/coverage_view.h"

namespace tocsin::cli {

using control::CheckedPlaybook;
using control::Examination;
using nlohmann::json;

namespace {

// A heading with a mark, then at most ten lines of detail.
void section(Output& out, bool well, std::string_view heading,
             const std::vector<std::string>& details) {
  constexpr std::size_t kShown = 10;
  out.line(fmt::format(
      "{} {}", well ? out.paint(Paint::green, "ok  ") : out.paint(Paint::red, "look"), heading));
  for (std::size_t i = 0; i < std::min(kShown, details.size()); ++i)
    out.line("       " + base::printable(details[i]));
  if (details.size() > kShown)
    out.line(fmt::format("       and {} more; --json lists all", details.size() - kShown));
}

std::string review_line(const roster::Membership& membership) {
  if (membership.number() == 0) return "no device has enrolled yet";
  const auto reviewed = membership.reviewed();
  return reviewed ? fmt::format("membership reviewed on {}", roster::to_text(*reviewed))
                  : std::string{"membership never reviewed: tocsin staff enrolled --reviewed"};
}

// Whether the rota says who is at work, tonight and in the fortnight to come.
void print_coverage(Output& out, const Examination& examined) {
  const roster::Coverage& coverage = examined.coverage;
  if (!coverage.has_plan) {
    section(out, false, "no duty is planned: everybody counts as off duty", {});
  } else {
    section(out, coverage.reaches() && !coverage.ends_soon(),
            to_sentence(coverage.reach, coverage.at, coverage.next) +
                (coverage.ends_soon() ? ", which is less than a fortnight" : ""),
            {});
    if (coverage.unknown > 0)
      section(out, false,
              fmt::format("{} of whom the rota does not say whether they are at work then",
                          base::counted(coverage.unknown, "person", "people")),
              {});
    const std::vector<std::string> uncovered = uncovered_lines(coverage);
    if (coverage.looked_at)
      section(
          out, uncovered.empty(),
          fmt::format("{} for which the rota has nobody at some time {}until {}",
                      base::counted(uncovered.size(), "role or post", "roles and posts"),
                      coverage.reaches()
                          ? ""
                          : fmt::format("from {} ", base::local_stamp(coverage.looked_at->from)),
                      base::local_stamp(coverage.looked_at->until)),
          uncovered);
    const std::vector<std::string> overlaps = overlap_lines(coverage, examined.roster);
    section(out, overlaps.empty(),
            base::counted(overlaps.size(), "stint", "stints") + " over another of the same person",
            overlaps);
    const std::vector<std::string> long_duties = long_duty_lines(coverage, examined.roster);
    section(out, long_duties.empty(),
            base::counted(long_duties.size(), "duty", "duties") + " of 24 hours or more",
            long_duties);
  }
  if (examined.is_utc_by_default) section(out, false, kUtcTrouble, {});
}

void print_unusable(Output& out, const Examination& examined) {
  std::vector<std::string> unusable;
  for (const control::Unusable& one : examined.unusable)
    unusable.push_back(fmt::format("{}: {}", one.channel.str(), one.why));
  section(
      out, unusable.empty(),
      base::counted(unusable.size(), "channel", "channels") + " of tocsin.yaml that cannot be used",
      unusable);
}

json untried_json(const roster::Roster& roster,
                  const std::optional<std::vector<control::Untried>>& points) {
  if (!points) return nullptr;
  auto list = json::array();
  for (const control::Untried& one : *points)
    list.push_back({{"id", roster[one.person].id.str()},
                    {"name", roster[one.person].name},
                    {"channel", one.channel.str()},
                    {"why", one.why}});
  return list;
}

// What "tocsin channel test" found, where a channel can be tested.
void print_tests(Output& out, const Examination& examined) {
  const auto points = [&](const std::optional<std::vector<control::Untried>>& all,
                          std::string_view heading) {
    if (!all) return;
    std::vector<std::string> details;
    for (const control::Untried& one : *all) {
      const roster::Responder& person = examined.roster[one.person];
      details.push_back(fmt::format("{} ({}) by {}{}{}", person.name, person.id.str(),
                                    one.channel.str(), one.why.empty() ? "" : ": ", one.why));
    }
    section(out, details.empty(),
            base::counted(details.size(), "contact point", "contact points") + std::string{heading},
            details);
  };
  points(examined.never_tested, " of a channel here that nobody ever tested");
  points(examined.failed_test, " that the last test did not reach");
}

}  // namespace

void print_examination_json(Output& out, const Examination& examined) {
  const auto people = [&](const std::vector<std::size_t>& indices) {
    auto list = json::array();
    for (const std::size_t i : indices)
      list.push_back({{"id", examined.roster[i].id.str()}, {"name", examined.roster[i].name}});
    return list;
  };
  auto alike = json::array();
  for (const roster::LookAlike& pair : examined.look_alikes)
    alike.push_back({{"first", examined.roster[pair.first].id.str()},
                     {"second", examined.roster[pair.second].id.str()},
                     {"likeness", to_text(pair.likeness)}});
  auto playbooks = json::array();
  for (const CheckedPlaybook& one : examined.playbooks) {
    auto unfilled = json::array();
    for (const incident::EmptySeats& seats : one.unfilled)
      unfilled.push_back(
          {{"post", one.id_of(seats)}, {"missing", seats.count}, {"reason", seats.reason}});
    auto missing = json::array();
    for (const contact::ChannelId& channel : one.missing_channels) missing.push_back(channel.str());
    playbooks.push_back({{"file", one.file},
                         {"playbook", one.playbook.id},
                         {"missing_channels", missing},
                         {"unfilled", unfilled}});
  }
  auto unusable = json::array();
  for (const control::Unusable& one : examined.unusable)
    unusable.push_back({{"channel", one.channel.str()}, {"why", one.why}});
  const auto reviewed = examined.membership.reviewed();
  out.json({{"at", base::to_rfc3339(examined.at)},
            {"people", examined.roster.size()},
            {"unreachable", people(examined.reach.unreachable)},
            {"single", people(examined.reach.single)},
            {"wrong_number", people(examined.reach.wrong)},
            {"untested", people(examined.reach.untested)},
            {"unwakeable", examined.unwakeable ? people(*examined.unwakeable) : json(nullptr)},
            {"without_consent", examined.reach.without_consent},
            {"look_alikes", alike},
            {"membership",
             {{"number", examined.membership.number()},
              {"reviewed", reviewed ? json(roster::to_text(*reviewed)) : json(nullptr)},
              {"review_due", examined.review_is_due}}},
            {"rota", examined.has_rota},
            {"coverage", to_json(examined.coverage, examined.roster)},
            {"utc_by_default", examined.is_utc_by_default},
            {"aes", examined.has_aes},
            {"unusable_channels", unusable},
            {"never_tested", untried_json(examined.roster, examined.never_tested)},
            {"failed_test", untried_json(examined.roster, examined.failed_test)},
            {"playbooks", playbooks}});
}

void print_examination(Output& out, const Examination& examined) {
  const roster::Roster& roster = examined.roster;
  const auto named = [&](std::size_t i) {
    return fmt::format("{} ({})", roster[i].name, roster[i].id.str());
  };
  const auto people = [&](std::string_view heading, const std::vector<std::size_t>& indices) {
    std::vector<std::string> details;
    for (const std::size_t i : indices) details.push_back(named(i));
    section(out, indices.empty(),
            fmt::format("{} {}", base::counted(indices.size(), "person", "people"), heading),
            details);
  };
  people("whom nothing reaches: no working contact point, no device", examined.reach.unreachable);
  people("with only one way to be reached", examined.reach.single);
  people("with a wrong number on the roster, as the switchboard found", examined.reach.wrong);
  people("with contact points none of which was ever tested", examined.reach.untested);
  print_tests(out, examined);
  section(out, examined.reach.without_consent == 0,
          fmt::format("{} contact points without recorded consent", examined.reach.without_consent),
          {});
  if (examined.unwakeable)
    people("with a device and none that can be woken by push", *examined.unwakeable);
  std::vector<std::string> alike;
  for (const roster::LookAlike& pair : examined.look_alikes)
    alike.push_back(fmt::format("{} and {}: {}", named(pair.first), named(pair.second),
                                to_text(pair.likeness)));
  section(out, alike.empty(),
          base::counted(alike.size(), "pair", "pairs") + " of names easily confused", alike);
  section(out, !examined.review_is_due, review_line(examined.membership), {});
  print_coverage(out, examined);
  section(out, examined.has_aes,
          examined.has_aes ? "AES-256-GCM in this processor"
                           : "no AES in this processor: ChaCha20-Poly1305 is used instead",
          {});
  print_unusable(out, examined);
  for (const CheckedPlaybook& one : examined.playbooks) {
    std::vector<std::string> channels;
    for (const contact::ChannelId& channel : one.missing_channels)
      channels.push_back(channel.str());
    section(out, channels.empty(),
            fmt::format("{} of {} that this home cannot send by: see tocsin.yaml",
                        base::counted(channels.size(), "channel", "channels"), one.playbook.id),
            channels);
    std::vector<std::string> posts;
    for (const incident::EmptySeats& seats : one.unfilled)
      posts.push_back(
          fmt::format("{}: {} missing, {}", one.id_of(seats), seats.count, seats.reason));
    section(out, posts.empty(),
            fmt::format("{} of {} of {} cannot be filled at {}, even if all come", posts.size(),
                        base::counted(one.playbook.posts.size(), "post", "posts"), one.playbook.id,
                        base::local_stamp(examined.at)),
            posts);
  }
}

}  // namespace tocsin::cli
