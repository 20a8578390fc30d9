#include "control/testing.h"

#include <algorithm>
#include <set>
#include <utility>

#include "incident/answer/text_answer.h"
#include "incident/state/reach.h"
#include "playbook/nudge.h"

namespace tocsin::control {

namespace {

using base::Instant;
using contact::Receipt;
using incident::Unread;

constexpr base::Minutes kClocksApart{1};  // two clocks that are right; assumed
constexpr base::Minutes kErrandLife{60};  // of what answers somebody

playbook::Nudge stopped_words() {
  return {playbook::Playbook{}, "en", playbook::MessageKind::stopped};
}

TestOutcome outcome_of(const Errand& errand) {
  if (!errand.receipt) return TestOutcome::not_sent;
  switch (*errand.receipt) {
    case Receipt::delivered:
    case Receipt::read:
      return TestOutcome::delivered;
    case Receipt::queued:
    case Receipt::sent:
    case Receipt::unknown:
      return TestOutcome::sent;
    case Receipt::failed_for_now:
      return TestOutcome::not_sent;
    case Receipt::failed_for_good:
      break;
  }
  return TestOutcome::failed;
}

std::chrono::seconds span(Instant from, Instant until) {
  return std::max(std::chrono::seconds{0}, std::chrono::floor<std::chrono::seconds>(until - from));
}

}  // namespace

TestScope scope_of(const roster::Roster& roster, const roster::ChannelId& channel,
                   const std::vector<roster::PersonId>& people) {
  const std::set<roster::PersonId> wanted{people.begin(), people.end()};
  TestScope scope;
  for (std::size_t i = 0; i < roster.size(); ++i) {
    const roster::Responder& person = roster[i];
    if (!person.is_active() || (!wanted.empty() && !wanted.contains(person.id))) continue;
    for (std::size_t c = 0; c < person.contacts.size(); ++c) {
      const roster::ContactPoint& contact = person.contacts[c];
      if (contact.channel != channel) continue;
      if (contact.withdrawn)
        ++scope.withdrawn;
      else if (!contact.working)
        ++scope.wrong_numbers;
      else
        scope.targets.push_back({i, c});
    }
  }
  return scope;
}

void sample(TestScope& scope, std::size_t people, std::uint64_t seed) {
  base::SeededRandom random{seed};
  std::set<std::size_t> all;
  for (const TestTarget& target : scope.targets) all.insert(target.person);
  std::vector<std::size_t> drawn{all.begin(), all.end()};
  // The first so many of a shuffle.
  for (std::size_t i = 0; i < std::min(people, drawn.size()); ++i)
    std::swap(drawn[i], drawn[i + random.below(drawn.size() - i)]);
  drawn.resize(std::min(people, drawn.size()));
  std::erase_if(scope.targets, [&](const TestTarget& target) {
    return std::ranges::find(drawn, target.person) == drawn.end();
  });
}

base::Milliseconds time_to_send(std::size_t messages, base::Rate rate) noexcept {
  const double later = std::max(0.0, static_cast<double>(messages) - rate.most);
  return base::Milliseconds{static_cast<std::int64_t>(1'000 * later / rate.per_second)};
}

Testing::Testing(channel::Channel& channel, const roster::Roster& roster,
                 const std::vector<TestTarget>& targets, const std::string& organisation,
                 base::Milliseconds wait, const base::Clock& clock, base::Random& ids,
                 Hearers hearers)
    : channel_(channel),
      id_(std::string{channel.name()}),
      roster_(roster),
      clock_(clock),
      hearers_(std::move(hearers)),
      begun_(clock.now()),
      errands_(channel, clock, ids) {
  const auto shared = incident::shared_addresses(roster, id_);
  const playbook::Nudge plain = playbook::Nudge::of(playbook::Errand::test, organisation);
  for (const TestTarget& target : targets) {
    const roster::Responder& person = roster[target.person];
    const std::string& address = person.contacts[target.contact].address;
    playbook::Nudge words = plain;
    if (shared.contains(address)) words.address_to(person.name);
    all_.push_back(
        {target, errands_.add(address, std::move(words), wait + std::chrono::minutes{1})});
  }
}

const roster::ContactPoint& Testing::contact(const Tested& one) const {
  return roster_[one.target.person].contacts[one.target.contact];
}

bool Testing::turn() {
  bool any = take_in();
  any = errands_.send_due() || any;
  return any;
}

bool Testing::take_in() {
  const channel::Collected collected = channel_.collect(base::Milliseconds{0});
  for (const channel::Delivery& delivery : collected.deliveries) errands_.take(delivery);
  for (const channel::Said& said : collected.said) hear(said);
  if (!collected.has_any()) return false;
  hearers_.keep(points());
  channel_.acknowledge(collected.cursor);
  return true;
}

bool Testing::has_address(const std::string& address) const {
  return std::ranges::any_of(roster_.responders(), [&](const roster::Responder& person) {
    return std::ranges::any_of(person.contacts, [&](const roster::ContactPoint& contact) {
      return contact.channel == id_ && contact.address == address;
    });
  });
}

void Testing::hear(const channel::Said& said) {
  if (hearers_.other)
    if (const auto answer = hearers_.other(said)) {
      if (!answer->text({}).empty()) errands_.add(said.from, *answer, kErrandLife);
      return;
    }
  if (!has_address(said.from)) return;  // nobody's: believed of nobody, and answered to nobody
  std::vector<Tested*> whose;
  std::vector<std::string> names;
  for (Tested& one : all_) {
    if (contact(one).address != said.from) continue;
    if (said.about && errands_[one.errand].id != *said.about) continue;
    whose.push_back(&one);
    names.push_back(roster_[one.target.person].name);
  }
  const Instant now = clock_.now();
  const auto [place, read] =
      incident::read_named_answer(said.words, std::min(said.at, now), zone_, names);
  const auto* unread = std::get_if<Unread>(&read);
  if (unread != nullptr && *unread == Unread::automatic) return;
  if (unread != nullptr && *unread == Unread::stop) return stop(said);
  if (whose.empty() || (unread != nullptr && *unread == Unread::whose)) return;
  Tested& one = *whose[place];
  const Errand& errand = errands_[one.errand];
  // A provider lists what it had for days.
  if (!errand.receipt || said.at < errand.tried - kClocksApart || one.answered) return;
  one.answered = std::clamp(said.at, errand.tried, std::max(errand.tried, now));
}

void Testing::stop(const channel::Said& said) {
  // An old one that a provider lists again undoes no consent that came later.
  if (!hearers_.stop(said.from, said.at) || !stopped_.insert(said.from).second) return;
  for (Tested& one : all_)
    if (contact(one).address == said.from && errands_[one.errand].receipt && !one.answered)
      one.answered = clock_.now();
  errands_.add(said.from, stopped_words(), kErrandLife);
}

bool Testing::is_over() const {
  return !errands_.waits() && std::ranges::all_of(all_, [&](const Tested& one) {
    return one.answered || outcome_of(errands_[one.errand]) == TestOutcome::failed;
  });
}

std::vector<TestedPoint> Testing::points() const {
  std::vector<TestedPoint> points;
  for (const Tested& one : all_) {
    const Errand& errand = errands_[one.errand];
    TestedPoint point{roster_[one.target.person].id, id_, contact(one).address, begun_,
                      outcome_of(errand)};
    if (one.answered) {
      point.outcome = TestOutcome::answered;
      point.after = span(errand.tried, *one.answered);
    } else if (point.outcome == TestOutcome::delivered && errand.arrived) {
      point.after = span(errand.tried, *errand.arrived);
    } else {
      point.reason = errand.reason;
    }
    points.push_back(std::move(point));
  }
  return points;
}

}  // namespace tocsin::control
