// What became of the last test of each contact point (tocsin-channel(1)), as the home keeps it.
// tocsin-home(5) specifies the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "home/home.h"
#include "roster/people/roster.h"

namespace tocsin::control {

// The numbers are stored and never change.
enum class TestOutcome : std::uint8_t {
  not_sent = 1,
  sent = 2,       // and nothing more was heard of it
  delivered = 3,  // or read
  answered = 4,
  failed = 5,
};
std::string_view to_text(TestOutcome outcome) noexcept;

struct TestedPoint {
  roster::PersonId person;
  roster::ChannelId channel;
  std::string address;  // never logged
  base::Instant begun;  // of the test that it was part of
  TestOutcome outcome = TestOutcome::not_sent;
  // From sending to the answer, or else to the delivery; to the second. 0 for the other outcomes.
  std::chrono::seconds after{0};
  std::string reason{};  // why it failed or was not sent; names nobody and no address

  bool is_reached() const noexcept {
    return outcome == TestOutcome::delivered || outcome == TestOutcome::answered;
  }
  friend bool operator==(const TestedPoint&, const TestedPoint&) = default;
};

struct TestCounts {
  std::size_t points = 0;
  std::size_t people = 0;
  std::size_t reached = 0;  // people
  std::map<TestOutcome, std::size_t> by_outcome{};
  std::optional<std::chrono::seconds> to_answer{};    // medians
  std::optional<std::chrono::seconds> to_delivery{};  // of those that did not answer

  std::size_t of(TestOutcome outcome) const {
    const auto at = by_outcome.find(outcome);
    return at == by_outcome.end() ? 0 : at->second;
  }
};
TestCounts counts_of(std::span<const TestedPoint> points);

class ContactTests {
 public:
  // Replaces what is known of the same contact point, unless that is newer.
  void add(TestedPoint point);
  // Drops contact points that the roster has no more.
  void keep_to(const roster::Roster& roster);

  // The last of one contact point; null when it was never tested.
  const TestedPoint* last(const roster::PersonId& person,
                          const roster::ContactPoint& contact) const;
  // What is left of the channel's last test; empty when there was none.
  std::vector<TestedPoint> last_of(const roster::ChannelId& channel) const;
  std::vector<TestedPoint> all() const;

 private:
  std::map<std::tuple<roster::PersonId, roster::ChannelId, std::string>, TestedPoint> points_;
};

base::Bytes encode(const ContactTests& tests);
// nullopt for bytes that `encode` does not write.
std::optional<ContactTests> decode_contact_tests(base::ByteView bytes);

// Empty when nothing was tested yet. Faults (untrusted) when the file was changed.
ContactTests read_contact_tests(const home::Home& home, const seal::StoreKey& store);
// Whether something was ever tested, without a key.
bool has_contact_tests(const home::Home& home);
// Adds them, and notes on the roster when the contact points that were reached were.
void keep_tested(const home::Home& home, const seal::StoreKey& store,
                 std::span<const TestedPoint> points, base::Random& random);

}  // namespace tocsin::control
