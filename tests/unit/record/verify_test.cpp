#include "record/verify.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "unit/record/record.h"

namespace tocsin::record {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using Verify = Record;

TEST_F(Verify, IsWrongWhereAnAuthorHadNoMandateThen) {
  const base::Instant now = clock_.now();
  declare("MI-1", now,
          {encoded(now + base::Minutes(1), incident::Ended{"all done"}),
           encoded(now - base::Minutes(600), incident::Ended{"backdated"})});
  const Verified verified = verify("MI-1");
  ASSERT_TRUE(verified.flaw);
  EXPECT_EQ(verified.flaw->event, 3U);
  EXPECT_THAT(words_of(*verified.flaw), HasSubstr("event 3 was made at a time when"));
}

TEST_F(Verify, SaysWhereTheClockWentBackAndWhetherThatWasRecorded) {
  const base::Instant now = clock_.now();
  const auto decided = [&](int minutes) {
    return encoded(now + base::Minutes(minutes), incident::Decided{"a", "b"});
  };
  const auto set_back = [&](int minutes, std::uint64_t by) {
    return encoded(now + base::Minutes(minutes), incident::ClockSetBack{by * 60'000});
  };
  declare(
      "MI-1", now,
      {decided(60), set_back(20, 40), decided(20), decided(19), set_back(18, 2), set_back(30, 0)});
  const Verified verified = verify("MI-1");
  EXPECT_FALSE(verified.flaw) << "a clock that was put right is no fault of the record";
  std::vector<std::string> said;
  for (const SetBack& one : verified.set_back) said.push_back(words_of(one));
  EXPECT_EQ(said, (std::vector<std::string>{
                      "the clock went back by 40 min before event 3",
                      "event 5 is 1 min earlier than the one before it, and does not say so",
                      "event 6 is 1 min earlier than the one before it, and does not say so",
                      "event 7 says that the clock went back, and it did not"}));
  EXPECT_EQ(to_json(find(""), verified)["clock_set_back"][0],
            (json{{"event", 3}, {"milliseconds", 2'400'000}, {"recorded", true}}));
}

TEST_F(Verify, SaysInJsonWhatVerifyFound) {
  const base::Instant now = clock_.now();
  const seal::MessageId id = declare("MI-1", now, {encoded(now, incident::Ended{"all done"})});
  const Listed listed = find("");
  const Verified verified = verify("");
  EXPECT_EQ(
      to_json(listed, verified),
      (json{{"incident", seal::to_text(id)},
            {"label", "MI-1"},
            {"sound", true},
            {"flaw", nullptr},
            {"events", 2},
            {"signatures", 1},
            {"head", base::to_hex(verified.head)},
            {"authors",
             {{{"name", "Dr A. Okafor, on-call director"}, {"tier", "strategic"}, {"events", 2}}}},
            {"clock_set_back", json::array()},
            {"expected_at", nullptr},
            {"remembered_at", 2}}));
}

TEST_F(Verify, FindsTheHeadThatSomebodyKept) {
  const base::Instant now = clock_.now();
  declare("MI-1", now, {encoded(now, incident::Ended{"all done"})});
  const Listed listed = find("");
  const auto verified_with = [&](const std::string& digits) {
    return record::verify(listed, home_.organisation().verify, key_of(listed),
                          journal::HeadDigits::parse(digits));
  };
  const std::string head = base::to_hex(verify("").head);
  EXPECT_EQ(verified_with(head).expected_at, 2U);
  EXPECT_EQ(to_json(listed, verified_with(head))["expected_at"], 2);
  const Verified other = verified_with(std::string(64, '0'));
  ASSERT_TRUE(other.flaw);
  EXPECT_FALSE(other.expected_at);
  EXPECT_FALSE(to_json(listed, other)["sound"]);
  EXPECT_THAT(words_of(*other.flaw), HasSubstr("expected head"));
}

// To a night it is a fault to be tried again; who examines the file has the time to be sure.
TEST_F(Verify, CallsAJournalThatMakesNoSenseDamaged) {
  declare("MI-1", clock_.now());
  const Listed listed = find("");
  EXPECT_NO_THROW(open_store(listed, keys_.coordinator.opening));
  std::filesystem::resize_file(listed.path, 1'500);
  try {
    open_store(listed, keys_.coordinator.opening);
    FAIL();
  } catch (const base::Fault& fault) {
    EXPECT_EQ(fault.exit(), base::Exit::untrusted) << fault.what();
  }
}

TEST_F(Verify, NamesAFlawByItsEventUnlessItIsAboutTheWholeFile) {
  EXPECT_EQ(words_of(journal::Flaw{41, "is missing"}), "event 41 is missing");
  EXPECT_EQ(words_of(journal::Flaw{0, "the key is wrong"}), "the key is wrong");
}

}  // namespace
}  // namespace tocsin::record
