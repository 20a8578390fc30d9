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
      out.stints.push_back(
          planned(person, i, {"m", Source::By::series, day(i), sequence, day(stamped)}));
    out.editions.push_back({"m", Edition::Of::series, {}, sequence, day(stamped)});
    return out;
  }
  // A swap on one day of the series.
  static Draft swap(const char* person, int on, int sequence = 0, int stamped = 0) {
    return {{planned(person, on, {"m", Source::By::single, day(on), sequence, day(stamped)})},
            {{"m", Edition::Of::one, day(on), sequence, day(stamped)}}};
  }
  // A change of all repetitions from a day on, which begin two hours later.
  static Draft later(const char* person, int on, int sequence = 0, int stamped = 1) {
    LaterChange change;
    change.uid = "m";
    change.begins = day(on);
    change.sequence = sequence;
    change.stamp = day(stamped);
    if (*person != '\0') change.stints.push_back(planned(person, 0, {}).stint);
    change.move = [](base::Instant original) {
      return LaterChange::Span{original + hours{2}, original + hours{10}};
    };
    return {{}, {{"m", Edition::Of::later, day(on), sequence, day(stamped)}}, {change}};
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
  other.stints.push_back(
      planned("ben", 0, {"m", Source::By::series, day(0), 0, day(0)}, "surgeon"));
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

TEST_F(RevisionTest, ACancellationNeedsNoNewerVersion) {
  Draft off = cancelled(Edition::Of::series, 0, 0);
  EXPECT_EQ(both(series("ana", 2), off), "0 ana, 1 ana") << "nothing of it is left in that file";
  off.editions[0].called_off = true;
  const Draft swapped = revise(series("ana", 2), swap("ben", 1)).draft;
  for (const Draft& planned : {series("ana", 2), swapped}) {
    EXPECT_EQ(both(planned, off), "");
    EXPECT_EQ(both(off, planned), "");
  }
  EXPECT_EQ(both(series("ana", 2, 1), off), "0 ana, 1 ana") << "the newer version is planned";
  EXPECT_EQ(both(off, series("ana", 2, 0, 1)), "0 ana, 1 ana");
}

TEST_F(RevisionTest, AChangeOfAllLaterOnesTakesTheirSlotsInWhicheverOrder) {
  const Revised revised = revise(series("ana", 4), later("ben", 2));
  EXPECT_EQ(who(revised.draft), "0 ana, 1 ana, 2 ben, 3 ben");
  EXPECT_EQ(revised.replaced, 2u);
  EXPECT_EQ(revised.draft.stints.back().stint.from, day(3) + hours{2});
  EXPECT_TRUE(revised.draft.changes_of_others[0].is_used);
  EXPECT_EQ(both(later("ben", 2), series("ana", 4)), "0 ana, 1 ana, 2 ben, 3 ben");
  EXPECT_EQ(both(series("ana", 4), later("", 2)), "0 ana, 1 ana") << "called off";
  EXPECT_EQ(both(series("ana", 4, 1), later("ben", 2)), "0 ana, 1 ana, 2 ana, 3 ana")
      << "of a version of the series that is over";
}

TEST_F(RevisionTest, AChangeOfAllLaterOnesIsChangedAgain) {
  const Draft changed = revise(series("ana", 4), later("ben", 1)).draft;
  EXPECT_EQ(both(changed, later("cara", 3, 0, 2)), "0 ana, 1 ben, 2 ben, 3 cara");
  EXPECT_EQ(both(changed, later("cara", 3, 0, 0)), "0 ana, 1 ben, 2 ben, 3 ben") << "older";
  EXPECT_EQ(both(changed, swap("cara", 2)), "0 ana, 1 ben, 2 cara, 3 ben");
  EXPECT_EQ(both(changed, cancelled(Edition::Of::one, 2, 0)), "0 ana, 1 ben, 3 ben");
  EXPECT_EQ(both(changed, series("ana", 4)), "0 ana, 1 ben, 2 ben, 3 ben") << "the same again";
  EXPECT_EQ(both(changed, series("ana", 4, 1)), "0 ana, 1 ana, 2 ana, 3 ana") << "newer";
  const Draft swapped = revise(series("ana", 4), swap("cara", 2)).draft;
  EXPECT_EQ(both(swapped, later("ben", 1, 3)), "0 ana, 1 ben, 2 cara, 3 ben")
      << "a swap stays, as in one file";
}

TEST_F(RevisionTest, AFileWithItsOwnChangeOfLaterOnesIsReadAgain) {
  Draft file = series("ana", 2);
  for (int i = 2; i < 4; ++i)
    file.stints.push_back(planned("ben", i, {"m", Source::By::later, day(i), 1, day(1)}));
  file.editions.push_back({"m", Edition::Of::later, day(2), 1, day(1)});
  EXPECT_EQ(both(file, file), "0 ana, 1 ana, 2 ben, 3 ben");
  EXPECT_EQ(both(series("ana", 4), file), "0 ana, 1 ana, 2 ben, 3 ben");
  const Rota stored = *decode_rota(encode(with_plan({}, file, Plan::replaced)));
  EXPECT_EQ(who(draft_of(with_plan(stored, file, Plan::kept))), "0 ana, 1 ana, 2 ben, 3 ben");
  EXPECT_EQ(who(draft_of(with_plan(stored, series("ana", 4), Plan::kept))),
            "0 ana, 1 ana, 2 ben, 3 ben");
}

TEST_F(RevisionTest, AChangeOfLaterOnesOfNothingIsUnused) {
  EXPECT_FALSE(revise(swap("ben", 1), later("ana", 0)).draft.changes_of_others[0].is_used);
  EXPECT_TRUE(only_changes(later("ben", 1), with_plan({}, series("ana", 3), Plan::replaced)));
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
