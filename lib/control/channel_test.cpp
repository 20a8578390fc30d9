#include "control/channel_test.h"

#include <fmt/format.h>

#include <algorithm>

#include "control/linking.h"
#include "control/people.h"

namespace tocsin::control {

namespace {

constexpr base::Milliseconds kBetweenTurns = std::chrono::milliseconds{500};
constexpr base::Milliseconds kLookForIncident = std::chrono::seconds{1};  // for an incident

// Whoever does not wait at all still hears what is there already, however much somebody sends.
constexpr base::Milliseconds kLeast = std::chrono::minutes{1};
constexpr std::size_t kMostNotes = 100;  // of codes, which anybody can send

}  // namespace

ChannelTested test_channel(const ChannelTestOrder& order, const base::Clock& clock,
                           base::Random& random, const Pause& pause) {
  const home::Home& home = order.home;
  const home::Unlocked& keys = order.keys;
  const home::Channel& channel = order.channel;
  const roster::Roster& roster = order.roster;
  const base::Milliseconds wait = order.wait;
  // Of two tests, each would take answers of the other.
  const base::FileLock held = home.hold(fmt::format("channel-{}", channel.id.str()));
  need_quiet(home, keys);
  ChannelTested tested;
  LoneChannel lone{home, keys, channel, clock, random, listen_for(wait)};
  const auto keep = [&](const std::vector<TestedPoint>& points) {
    keep_tested(home, keys.store, points, random);
  };
  Testing testing{*lone,
                  roster,
                  order.scope.targets,
                  home.settings().organisation,
                  wait,
                  clock,
                  random,
                  {.stop =
                       [&](const std::string& address, base::Instant at) {
                         return note_stop(home, keys.store, channel.id, address, at, random);
                       },
                   .keep = keep,
                   .other = link_hearer(home, keys.store, channel.id, clock, random,
                                        [&](const LinkTried& tried) {
                                          if (tested.notes.size() < kMostNotes)
                                            tested.notes.push_back(to_sentence(tried, roster));
                                        })}};
  const base::Milliseconds begun = clock.steady();
  base::Pace looks{kLookForIncident};
  for (bool is_first = true;; is_first = false) {
    if (looks.take(clock.now()) && !open_incident(home, keys).empty()) {
      tested.notes.emplace_back("an incident was declared, so the test has ended");
      break;
    }
    const bool any = testing.turn();
    if (is_first && any) keep(testing.points());
    const base::Milliseconds passed = clock.steady() - begun;
    if (testing.is_over() || (!any && passed >= wait) || passed >= std::max(wait, kLeast)) break;
    if (pause(any ? base::Milliseconds{0} : kBetweenTurns)) break;
  }
  tested.points = testing.points();
  tested.stopped = testing.stopped();
  keep(tested.points);
  if (const std::string trouble = (*lone).trouble(); !trouble.empty())
    tested.notes.push_back(trouble);
  return tested;
}

}  // namespace tocsin::control
