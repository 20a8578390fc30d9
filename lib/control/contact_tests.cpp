#include "control/contact_tests.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/fault.h"
#include "base/text.h"
#include "control/people.h"

namespace tocsin::control {

namespace {

using std::chrono::seconds;

constexpr std::string_view kContactTests = "contact-tests";
constexpr std::uint8_t kContactTestsVersion = 1;
constexpr std::size_t kMostPoints = 1'000'000;
constexpr std::size_t kLongestText = 1'000;
constexpr seconds kLongestAfter = std::chrono::days{7};

std::optional<seconds> median(std::vector<seconds> times) {
  if (times.empty()) return std::nullopt;
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>((times.size() - 1) / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

std::string test_text(base::ByteReader& in) {
  const std::string_view text = in.text();
  if (text.size() > kLongestText || !base::is_utf8(text)) {
    in.fail();
    return {};
  }
  return std::string{text};
}

TestedPoint read_point(base::ByteReader& in) {
  TestedPoint point;
  point.person = roster::PersonId{test_text(in)};
  point.channel = roster::ChannelId{test_text(in)};
  point.address = test_text(in);
  point.begun = base::Instant{base::Milliseconds{in.i64()}};
  const std::uint8_t outcome = in.u8();
  if (outcome < 1 || outcome > 5) in.fail();
  point.outcome = static_cast<TestOutcome>(outcome);
  const std::uint64_t after = in.varint();
  if (after > static_cast<std::uint64_t>(kLongestAfter.count())) in.fail();
  if (in.ok()) point.after = seconds{static_cast<std::int64_t>(after)};
  point.reason = test_text(in);
  return point;
}

}  // namespace

std::string_view to_text(TestOutcome outcome) noexcept {
  switch (outcome) {
    case TestOutcome::not_sent:
      return "not sent";
    case TestOutcome::sent:
      return "sent";
    case TestOutcome::delivered:
      return "delivered";
    case TestOutcome::answered:
      return "answered";
    case TestOutcome::failed:
      break;
  }
  return "failed";
}

TestCounts counts_of(std::span<const TestedPoint> points) {
  TestCounts counts;
  std::set<roster::PersonId> people;
  std::set<roster::PersonId> reached;
  std::vector<seconds> answers;
  std::vector<seconds> deliveries;
  for (const TestedPoint& point : points) {
    ++counts.points;
    ++counts.by_outcome[point.outcome];
    people.insert(point.person);
    if (point.is_reached()) reached.insert(point.person);
    if (point.outcome == TestOutcome::answered) answers.push_back(point.after);
    if (point.outcome == TestOutcome::delivered) deliveries.push_back(point.after);
  }
  counts.people = people.size();
  counts.reached = reached.size();
  counts.to_answer = median(std::move(answers));
  counts.to_delivery = median(std::move(deliveries));
  return counts;
}

void ContactTests::add(TestedPoint point) {
  const std::tuple key{point.person, point.channel, point.address};
  const auto [at, is_new] = points_.try_emplace(key, point);
  if (!is_new && at->second.begun <= point.begun) at->second = std::move(point);
}

void ContactTests::keep_to(const roster::Roster& roster) {
  std::erase_if(points_, [&](const auto& entry) {
    const TestedPoint& point = entry.second;
    const roster::Responder* person = roster.find(point.person);
    return person == nullptr ||
           std::ranges::none_of(person->contacts, [&](const roster::ContactPoint& contact) {
             return contact.channel == point.channel && contact.address == point.address;
           });
  });
}

const TestedPoint* ContactTests::last(const roster::PersonId& person,
                                      const roster::ContactPoint& contact) const {
  const auto at = points_.find({person, contact.channel, contact.address});
  return at == points_.end() ? nullptr : &at->second;
}

std::vector<TestedPoint> ContactTests::all() const {
  std::vector<TestedPoint> points;
  for (const auto& [key, point] : points_) points.push_back(point);
  return points;
}

std::vector<TestedPoint> ContactTests::last_of(const roster::ChannelId& channel) const {
  std::vector<TestedPoint> points = all();
  std::erase_if(points, [&](const TestedPoint& point) { return point.channel != channel; });
  base::Instant begun = base::Instant::min();
  for (const TestedPoint& point : points) begun = std::max(begun, point.begun);
  std::erase_if(points, [&](const TestedPoint& point) { return point.begun != begun; });
  return points;
}

base::Bytes encode(const ContactTests& tests) {
  const std::vector<TestedPoint> points = tests.all();
  base::ByteWriter out;
  out.u8(kContactTestsVersion);
  out.varint(points.size());
  for (const TestedPoint& point : points) {
    out.text(point.person.str());
    out.text(point.channel.str());
    out.text(point.address);
    out.i64(point.begun.time_since_epoch().count());
    out.u8(static_cast<std::uint8_t>(point.outcome));
    out.varint(
        static_cast<std::uint64_t>(std::clamp(point.after, seconds{0}, kLongestAfter).count()));
    out.text(std::string_view{point.reason}.substr(0, kLongestText));
  }
  return out.take();
}

std::optional<ContactTests> decode_contact_tests(base::ByteView bytes) {
  base::ByteReader in{bytes};
  if (in.u8() != kContactTestsVersion) return std::nullopt;
  const std::uint64_t count = in.varint();
  if (count > kMostPoints) return std::nullopt;
  ContactTests tests;
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) tests.add(read_point(in));
  if (!in.done() || tests.all().size() != count) return std::nullopt;
  return tests;
}

ContactTests read_contact_tests(const home::Home& home, const seal::StoreKey& store) {
  const auto bytes = home.read_sealed(store, kContactTests);
  if (!bytes) return {};
  auto tests = decode_contact_tests(*bytes);
  if (!tests)
    throw base::Fault(base::Exit::untrusted,
                      "the tests of contact points were written by another version, or changed",
                      "remove contact-tests.sealed and contact-tests.kept to begin without them");
  return *std::move(tests);
}

bool has_contact_tests(const home::Home& home) {
  return std::filesystem::exists(home.path() / "contact-tests.kept");
}

void keep_tested(const home::Home& home, const seal::StoreKey& store,
                 std::span<const TestedPoint> points, base::Random& random) {
  {
    const base::FileLock held = home.hold(kContactTests);
    ContactTests tests = read_contact_tests(home, store);
    for (const TestedPoint& point : points) tests.add(point);
    tests.keep_to(read_roster(home, store));
    home.write_sealed(store, kContactTests, encode(tests), random);
  }
  std::map<std::tuple<roster::PersonId, roster::ChannelId, std::string>, base::Instant> reached;
  for (const TestedPoint& point : points)
    if (point.is_reached())
      reached[{point.person, point.channel, point.address}] = point.begun + point.after;
  if (reached.empty()) return;
  change_contacts(home, store, random,
                  [&](const roster::PersonId& person, roster::ContactPoint& contact) {
                    const auto at = reached.find({person, contact.channel, contact.address});
                    if (at != reached.end())
                      contact.tested = std::max(contact.tested, std::optional{at->second});
                  });
}

}  // namespace tocsin::control
