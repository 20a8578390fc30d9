#include "roster/reading/row_times.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace tocsin::roster {
namespace {

class RowTimes : public ::testing::Test {
 protected:
  RowTimes() {
    ::setenv("TZ", "Europe/London", 1);
    ::tzset();
  }
  ~RowTimes() override {
    ::unsetenv("TZ");
    ::tzset();
  }

  // "2027-01-04T08:00Z to …", with what was done to it; or the field at fault and the message.
  static std::string read(const TimeCells& cells, const UsualTimes& usual = {}) {
    const auto result = span_of(cells, usual);
    if (const auto* fault = std::get_if<TimeFault>(&result))
      return std::string{fault->field} + ": " + fault->message;
    const Span& span = std::get<Span>(result);
    return stamp(span.from) + " " + stamp(span.until) + (span.skipped ? " skipped" : "") +
           (span.end_rounded ? " rounded" : "") + (span.begin_rounded ? " begun" : "");
  }
  static std::string stamp(base::Instant instant) {
    return base::to_rfc3339(instant).substr(5, 11);  // "01-04T08:00"
  }
};

TEST_F(RowTimes, BothEndsHaveADateAndATime) {
  EXPECT_EQ(read({"17:00", "08:00", "08/01/2027", "11/01/2027"}), "01-08T17:00 01-11T08:00");
  EXPECT_EQ(read({"00:00", "00:00", "04/01/2027", "18/01/2027"}), "01-04T00:00 01-18T00:00");
  EXPECT_EQ(read({"17:00", "08:00", "08/01/2027 00:00:00", "11/01/2027 00:00:00"}),
            "01-08T17:00 01-11T08:00")
      << "dates that a spreadsheet stamped";
  EXPECT_EQ(read({"", "", "08/01/2027 17:00", "11/01/2027 08:00"}), "01-08T17:00 01-11T08:00");
  EXPECT_EQ(read({"08/01/2027 17:00", "08:00", "", "11/01/2027"}), "01-08T17:00 01-11T08:00");
  EXPECT_EQ(read({"08/01/2027 17:00", "11/01/2027 08:00", "08/01/2027", "11/01/2027"}),
            "01-08T17:00 01-11T08:00");
  EXPECT_EQ(read({"", "", "08/01/2027 00:00", "11/01/2027 08:00"}), "01-08T00:00 01-11T08:00")
      << "a stamp of midnight beside one of 08:00 is a time";
  EXPECT_EQ(read({"8:00 PM", "8:00 am", "04/01/2027", ""}), "01-04T20:00 01-05T08:00");
}

TEST_F(RowTimes, AnEndWithoutADateIsTheFirstSuchTime) {
  EXPECT_EQ(read({"20:00", "08:00", "04/01/2027", ""}), "01-04T20:00 01-05T08:00");
  EXPECT_EQ(read({"08:00", "24:00", "04/01/2027", ""}), "01-04T08:00 01-05T00:00");
  EXPECT_EQ(read({"24:00", "08:00", "04/01/2027", ""}), "01-05T00:00 01-05T08:00");
  EXPECT_EQ(read({"08:00", "08:00", "04/01/2027", ""}), "01-04T08:00 01-05T08:00");
}

TEST_F(RowTimes, AnAbsenceWithoutTimesIsWholeDays) {
  const UsualTimes leave{Duty::absent, {}, {}};
  EXPECT_EQ(read({"04/01/2027", "08/01/2027", "", ""}, leave), "01-04T00:00 01-09T00:00");
  EXPECT_EQ(read({"", "", "04/01/2027", "08/01/2027"}, leave), "01-04T00:00 01-09T00:00");
  EXPECT_EQ(read({"", "", "04/01/2027 00:00", "08/01/2027 00:00"}, leave),
            "01-04T00:00 01-09T00:00");
  EXPECT_EQ(read({"", "", "04/01/2027", ""}, leave), "01-04T00:00 01-05T00:00");
  EXPECT_EQ(read({"13:00", "", "04/01/2027", "05/01/2027"}, leave), "01-04T13:00 01-06T00:00");
  EXPECT_EQ(read({"13:00", "", "04/01/2027", ""}, leave), "until: no time of day");
}

TEST_F(RowTimes, ADutyWithoutTimesHasThoseOfItsWordOrIsAFault) {
  EXPECT_EQ(read({"", "", "04/01/2027", "11/01/2027"}),
            "date: \"04/01/2027\" is a day without a time of day");
  EXPECT_EQ(read({"04/01/2027 08:00", "11/01/2027", "", ""}),
            "until: \"11/01/2027\" is a day without a time of day");
  const UsualTimes week{Duty::on_call, base::Minutes{480}, base::Minutes{480}};
  EXPECT_EQ(read({"", "", "04/01/2027", "11/01/2027"}, week), "01-04T08:00 01-11T08:00");
  EXPECT_EQ(read({"", "", "04/01/2027", ""}, week), "01-04T08:00 01-05T08:00");
  const UsualTimes night{Duty::on_duty, base::Minutes{1200}, base::Minutes{480}};
  EXPECT_EQ(read({"", "", "04/01/2027", "04/01/2027"}, night), "01-04T20:00 01-05T08:00");
  EXPECT_EQ(read({"21:00", "", "04/01/2027", ""}, night), "01-04T21:00 01-05T08:00");
}

TEST_F(RowTimes, CellsThatContradictEachOtherAreFaults) {
  EXPECT_EQ(read({"05/01/2027 20:00", "08:00", "04/01/2027", ""}),
            "from: \"05/01/2027 20:00\" is another day than \"04/01/2027\" beside it");
  EXPECT_EQ(read({"17:00", "08:00", "08/01/2027 18:00", ""}),
            "from: \"17:00\" is another time than \"08/01/2027 18:00\" beside it");
  EXPECT_EQ(read({"20:00", "late", "04/01/2027", ""}), "until: \"late\" is no time");
  EXPECT_EQ(read({"20:00", "08:00", "", ""}), "from: \"20:00\" is no time");
  EXPECT_EQ(read({"20:00", "08:00", "04/01/2027", "x"}), "end_date: \"x\" is no date");
  const std::string backwards = read({"20:00", "08:00", "04/01/2027", "04/01/2027"});
  EXPECT_EQ(backwards, "01-04T20:00 01-04T08:00") << "the reader refuses it";
}

TEST_F(RowTimes, ATimeThatOccursTwiceIsTheFirstAndOneSkippedMovesForward) {
  EXPECT_EQ(read({"20:00", "01:30", "30/10/2027", ""}), "10-30T19:00 10-31T00:30");
  EXPECT_EQ(read({"01:30", "08:00", "31/10/2027", ""}), "10-31T00:30 10-31T08:00");
  EXPECT_EQ(read({"01:00", "02:00", "31/10/2027", ""}), "10-31T00:00 10-31T02:00");
  EXPECT_EQ(read({"20:00", "01:30", "27/03/2027", ""}), "03-27T20:00 03-28T01:30");
  EXPECT_EQ(read({"01:30", "08:00", "28/03/2027", ""}), "03-28T01:30 03-28T07:00");
  EXPECT_EQ(read({"01:00", "02:00", "28/03/2027", ""}), "03-28T01:00 03-28T01:00 skipped");
  EXPECT_EQ(read({"01:30", "02:00", "28/03/2027", ""}), "03-28T01:30 03-28T01:00 skipped");
  EXPECT_EQ(read({"01:15", "01:45", "28/03/2027", ""}), "03-28T01:15 03-28T01:45");
}

TEST_F(RowTimes, AMinuteBeforeTheHourIsTheHour) {
  EXPECT_EQ(read({"00:00", "23:59", "04/01/2027", ""}), "01-04T00:00 01-05T00:00 rounded");
  EXPECT_EQ(read({"0000", "2359", "04/01/2027", ""}), "01-04T00:00 01-05T00:00 rounded");
  EXPECT_EQ(read({"00:01", "23:59:59", "04/01/2027", ""}), "01-04T00:00 01-05T00:00 rounded begun");
  EXPECT_EQ(read({"20:00", "07:59", "04/01/2027", ""}), "01-04T20:00 01-05T08:00 rounded");
  EXPECT_EQ(read({"", "", "04/01/2027", "05/01/2027 23:59"}, {Duty::absent, {}, {}}),
            "01-04T00:00 01-06T00:00 rounded");
  EXPECT_EQ(read({"2027-01-04T08:00:00Z", "2027-01-04T19:59:59Z", "", ""}),
            "01-04T08:00 01-04T20:00 rounded");
}

}  // namespace
}  // namespace tocsin::roster
