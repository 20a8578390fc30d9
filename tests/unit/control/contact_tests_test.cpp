#include "control/contact_tests.h"

#include "base/fault.h"
#include "base/file.h"
#include "unit/control/room.h"

namespace tocsin::control {
namespace {

using namespace std::chrono_literals;

class ContactTestsTest : public Room {
 protected:
  // Of ana's first contact point, unless another address is given.
  TestedPoint point(TestOutcome outcome, base::Instant begun, std::string address = {}) {
    const roster::Responder& ana = *night_.state.roster.find(roster::PersonId{"ana"});
    const roster::ContactPoint& contact = ana.contacts.at(0);
    return {ana.id,  contact.channel, address.empty() ? contact.address : std::move(address),
            begun,   outcome,         40s,
            "reason"};
  }
  ContactTests kept() { return read_contact_tests(home(), keys().store); }
};

TEST_F(ContactTestsTest, AreReadBackAsTheyWereWritten) {
  EXPECT_FALSE(has_contact_tests(home()));
  EXPECT_TRUE(kept().all().empty());
  const TestedPoint one = point(TestOutcome::failed, clock_.now());
  keep_tested(home(), keys().store, {&one, 1}, random_);
  EXPECT_TRUE(has_contact_tests(home()));
  EXPECT_EQ(kept().all(), std::vector{one});
  EXPECT_FALSE(night_.state.roster.find(one.person)->contacts.at(0).tested);
  EXPECT_FALSE(read_roster(home(), keys().store).find(one.person)->contacts.at(0).tested)
      << "a failure is no test";
}

TEST_F(ContactTestsTest, SayOnTheRosterWhenAContactPointWasReached) {
  const TestedPoint one = point(TestOutcome::answered, clock_.now());
  keep_tested(home(), keys().store, {&one, 1}, random_);
  const roster::Roster roster = read_roster(home(), keys().store);
  EXPECT_EQ(roster.find(one.person)->contacts.at(0).tested, clock_.now() + 40s);
  EXPECT_EQ(roster.revision(), night_.state.roster.revision());
}

TEST_F(ContactTestsTest, TheLatestOfAContactPointCountsAndNobodyElses) {
  ContactTests tests;
  tests.add(point(TestOutcome::delivered, clock_.now()));
  tests.add(point(TestOutcome::failed, clock_.now() - 1h));
  EXPECT_EQ(tests.all().size(), 1U);
  EXPECT_EQ(tests.all().at(0).outcome, TestOutcome::delivered);
  tests.add(point(TestOutcome::answered, clock_.now() + 1h, "+447700900999"));
  EXPECT_EQ(tests.all().size(), 2U);
  EXPECT_EQ(tests.last_of(tests.all().at(0).channel).size(), 1U) << "of the last test alone";
  tests.keep_to(night_.state.roster);
  EXPECT_EQ(tests.all().size(), 1U) << "nobody has that address any more";
  tests.keep_to(roster::Roster{});
  EXPECT_TRUE(tests.all().empty());
}

TEST_F(ContactTestsTest, CountPeopleOnceAndTakeTheMedian) {
  std::vector<TestedPoint> points{point(TestOutcome::answered, clock_.now()),
                                  point(TestOutcome::failed, clock_.now(), "2"),
                                  point(TestOutcome::answered, clock_.now(), "3")};
  points[2].person = roster::PersonId{"ben"};
  points[2].after = 10s;
  const TestCounts counts = counts_of(points);
  EXPECT_EQ(counts.points, 3U);
  EXPECT_EQ(counts.people, 2U);
  EXPECT_EQ(counts.reached, 2U);
  EXPECT_EQ(counts.of(TestOutcome::failed), 1U);
  EXPECT_EQ(counts.of(TestOutcome::sent), 0U);
  EXPECT_EQ(counts.to_answer, 10s) << "the lower of two";
  EXPECT_FALSE(counts.to_delivery);
}

// The file is sealed; this is what a program of another version would have written.
TEST_F(ContactTestsTest, RefusesBytesThatItDoesNotWrite) {
  ContactTests tests;
  tests.add(point(TestOutcome::answered, clock_.now()));
  const base::Bytes good = encode(tests);
  ASSERT_TRUE(decode_contact_tests(good));
  for (std::size_t cut = 0; cut < good.size(); ++cut)
    EXPECT_FALSE(decode_contact_tests({good.data(), cut})) << cut;
  base::Bytes longer = good;
  longer.push_back(0);
  EXPECT_FALSE(decode_contact_tests(longer));
  base::Bytes newer = good;
  newer[0] = 2;
  EXPECT_FALSE(decode_contact_tests(newer));
  base::Bytes many{1, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F};
  EXPECT_FALSE(decode_contact_tests(many));
  home().write_sealed(keys().store, "contact-tests", newer, random_);
  EXPECT_THROW(kept(), base::Fault);
}

}  // namespace
}  // namespace tocsin::control
