#include "roster/reading/role_columns.h"

#include "unit/roster/reading/reading.h"

namespace tocsin::roster {
namespace {

class RoleColumns : public Reading {
 protected:
  std::string fault_of(std::string_view text) {
    ReadRota read;
    const auto table = document::parse_csv(text, "rota.csv", read.findings);
    if (!has_role_columns(*table, terms(), read)) return {};
    const auto findings = read.findings.sorted();
    return findings.empty() ? "?" : findings.front().message;
  }
};

TEST_F(RoleColumns, NamesInSeveralColumns) {
  EXPECT_EQ(fault_of("Date,Consultant,Registrar\n"
                     "22/11/2026,Ana Bell,Zoe Park\n23/11/2026,Zoe Park,\n"),
            "row 1: several columns hold names of people: \"Consultant\", \"Registrar\"");
  EXPECT_EQ(fault_of("Date|A|B|C|D\n22/11/2026|E1|E2|E3|E4\n"),
            "row 1: several columns hold names of people: \"A\", \"B\", \"C\" and 1 more");
}

TEST_F(RoleColumns, OtherTablesAreNone) {
  EXPECT_EQ(fault_of("Name,Supervisor,Date\nAna Bell,Zoe Park,22/11/2026\n"), "");
  EXPECT_EQ(fault_of("Who,Date\nAna Bell,22/11/2026\n"), "");
  EXPECT_EQ(fault_of("Date,Consultant,Registrar\n22/11/2026,Mo Quick,Jo Slow\n"), "");
}

}  // namespace
}  // namespace tocsin::roster
