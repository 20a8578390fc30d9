#include "roster/rota/revision.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "roster/rota/change.h"

namespace tocsin::roster {
namespace {

using std::chrono::hours;

const base::Instant kMonday = *base::from_rfc3339("2027-01-04T08:00:00Z");

// Stints of twelve hours from 08:00 on days that are counted from a Monday.
class RevisionTest : public ::testing::Test {
 protected:
  static base::Instant day(int number) { return kMonday + hours{24 * number}; }
  static Planned planned(const char* person, int on, Source source, const char* role = "nurse") {
    return {{PersonId{person}, Duty::on_call, RoleId{role}, WardId{}, day(on), day(on) + hours{12}},
            std::move(source)};
  }
  // A series that somebody fills on the first `days` days.
  static Draft series(const char* person, int days, int sequence = 0, int stamped = 0) {
    Draft out;
    for (int i = 0; i < days; ++i)
      out.stints.push_back(planned(person, i, {"m", false, day(i), sequence, day(stamped)}));
    out.editions.push_back({"m", Edition::Of::series, {}, sequence, day(stamped)});
    return out;
  }
  // A swap on one day of the series.
  static Draft swap(const char* person, int on, int sequence = 0, int stamped = 0) {
    return {{planned(person, on, {"m", true, day(on), sequence, day(stamped)})},
            {{"m", Edition::Of::one, day(on), sequence, day(stamped)}}};
  }
  static Draft cancelled(Edition::Of of, int on, int sequence) {
    return {{},
            {{"m", of, of == Edition::Of::series ? base::Instant{} : day(on), sequence, day(0)}}};
  }
  // "0 ana, 1 ben": who is planned on which day.
  static std::string who(const Draft& draft) {
    std::vector<std::string> lines;
    for (const Planned& one : draft.stints)
      lines.push_back(std::to_string((one.stint.from - kMonday) / hours{24}) + " " +
                      std::string{one.stint.person.str()});
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const std::string& line : lines) out += (out.empty() ? "" : ", ") + line;
    return out;
  }
  static std::string both(const Draft& earlier, const Draft& later) {
    return who(revise(earlier, later).draft);
  }
};

TEST_F(RevisionTest, ASwapTakesTheSlotOfItsSeriesInWhicheverOrder) {
  const Revised revised = revise(series("ana", 3), swap("ben", 1));
  EXPECT_EQ(who(revised.draft), "0 ana, 1 ben, 2 ana");
  EXPECT_EQ(revised.replaced, 1u);
  EXPECT_EQ(both(swap("ben", 1), series("ana", 3)), "0 ana, 1 ben, 2 ana");
  EXPECT_EQ(both(series("ana", 3), swap("ben", 1, 2)), "0 ana, 1 ben, 2 ana");
  EXPECT_EQ(both(series("ana", 3, 1), swap("ben", 1, 0)), "0 ana, 1 ana, 2 ana")
      << "a swap in a version of the series that is over";
}

TEST_F(RevisionTest, ASwapIsSwappedAgainAndUndone) {
  const Draft swapped = revise(series("ana", 3), swap("ben", 1)).draft;
  EXPECT_EQ(both(swapped, swap("cara", 1)), "0 ana, 1 cara, 2 ana");
  EXPECT_EQ(both(swapped, series("ana", 3, 1)), "0 ana, 1 ana, 2 ana") << "a newer sequence";
  EXPECT_EQ(both(swapped, series("ana", 3, 0, 5)), "0 ana, 1 ana, 2 ana") << "a later stamp";
  EXPECT_EQ(both(swapped, series("ana", 3)), "0 ana, 1 ben, 2 ana") << "the same version again";
}

TEST_F(RevisionTest, TheNewerVersionOfASeriesReplacesAllOfIt) {
  EXPECT_EQ(both(series("ana", 3), series("ben", 2, 1)), "0 ben, 1 ben");
  const Revised old = revise(series("ben", 2, 1), series("ana", 3));
  EXPECT_EQ(who(old.draft), "0 ben, 1 ben");
  EXPECT_EQ(old.outdated, 3u);
  EXPECT_EQ(both(series("ana", 3), series("ben", 3)), "0 ben, 1 ben, 2 ben")
      << "of equal versions the later file";
}

TEST_F(RevisionTest, EqualVersionsInOtherSlotsAreOfTwoSystemsAndStay) {
  Draft other;
  other.stints.push_back(planned("ben", 0, {"m", false, day(0), 0, day(0)}, "surgeon"));
  other.editions.push_back({"m", Edition::Of::series, {}, 0, day(0)});
  EXPECT_EQ(both(series("ana", 2), other), "0 ana, 0 ben, 1 ana");
  EXPECT_EQ(both(series("ana", 1), Draft{{planned("ben", 0, {})}, {}}), "0 ana, 0 ben")
      << "without a UID nothing is replaced";
}

TEST_F(RevisionTest, WhatIsCalledOffGoes) {
  EXPECT_EQ(both(series("ana", 3), cancelled(Edition::Of::one, 1, 0)), "0 ana, 2 ana");
  EXPECT_EQ(both(series("ana", 3), cancelled(Edition::Of::day, 1, 0)), "0 ana, 2 ana");
  EXPECT_EQ(both(series("ana", 3), cancelled(Edition::Of::series, 0, 1)), "");
  EXPECT_EQ(both(cancelled(Edition::Of::series, 0, 1), series("ana", 3)), "");
  EXPECT_EQ(both(cancelled(Edition::Of::one, 1, 0), series("ana", 3)), "0 ana, 2 ana");
}

TEST_F(RevisionTest, ChangesAloneAreNoRota) {
  const Rota rota = with_plan({}, series("ana", 3), Plan::replaced);
  EXPECT_TRUE(only_changes(swap("ben", 1), rota));
  EXPECT_TRUE(only_changes(cancelled(Edition::Of::series, 0, 1), rota));
  EXPECT_FALSE(only_changes(series("ana", 3, 1), rota));
  EXPECT_FALSE(only_changes(swap("ben", 1), Rota{})) << "of events that nobody imported";
  EXPECT_FALSE(only_changes(Draft{}, rota));
  EXPECT_FALSE(only_changes(draft_of(rota.without_sources()), rota)) << "a table";
}

TEST_F(RevisionTest, TheStoreRemembersWhatASwapNeeds) {
  const Rota rota = with_plan({}, series("ana", 3), Plan::replaced);
  const Rota stored = *decode_rota(encode(rota));
  ASSERT_EQ(stored, rota);
  const Rota swapped = with_plan(stored, swap("ben", 1), Plan::kept);
  EXPECT_EQ(who(draft_of(swapped)), "0 ana, 1 ben, 2 ana");
  const Rota overridden = with_override(swapped, {0, swapped.planned()[0], "x", {}});
  EXPECT_EQ(overridden.sources(), swapped.sources()) << "an override forgets nothing";
  EXPECT_EQ(
      who(draft_of(with_plan(*decode_rota(encode(overridden)), series("ana", 1, 3), Plan::kept))),
      "0 ana");
  EXPECT_TRUE(rota.without_sources().sources().empty());
}

}  // namespace
}  // namespace tocsin::roster
