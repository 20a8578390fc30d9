#include "document/csv.h"

#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"

namespace tocsin::document {
namespace {

struct Read {
  std::optional<Table> table;
  std::vector<Finding> findings;
};

Read read(std::string_view text, CsvLimits limits = {}) {
  Findings findings;
  Read out{parse_csv(text, "t.csv", findings, limits), {}};
  out.findings = findings.sorted();
  return out;
}

std::vector<std::string> row(const Table& table, std::size_t index) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < table.columns(); ++i) out.emplace_back(table.cell(index, i).text);
  return out;
}

using Row = std::vector<std::string>;

TEST(Csv, ReadsWhatRfc4180Shows) {
  const Read got = read("aaa,b bb,ccc\r\nzzz,\"y\"\"y\",\"x\r\nx\"\r\n");
  ASSERT_TRUE(got.table);
  EXPECT_TRUE(got.findings.empty());
  ASSERT_EQ(got.table->rows(), 1u);
  EXPECT_EQ(got.table->header(1).text, "b bb");
  EXPECT_EQ(row(*got.table, 0), (Row{"zzz", "y\"y", "x\nx"}));
}

TEST(Csv, EveryLineEndingAByteOrderMarkAndNoEndAtAll) {
  for (const char* text : {"a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2",
                           "\xef\xbb\xbf"
                           "a,b\n1,2",
                           "a;b\n1;2\n", "a\tb\n1\t2\n", "a,b\n\n1,2\n,\n"}) {
    const Read got = read(text);
    ASSERT_TRUE(got.table) << text;
    EXPECT_TRUE(got.findings.empty()) << text;
    ASSERT_EQ(got.table->rows(), 1u) << text;
    EXPECT_EQ(row(*got.table, 0), (Row{"1", "2"})) << text;
    EXPECT_EQ(got.table->header(0).text, "a");
  }
}

TEST(Csv, SpacesOfWordProcessorsArePlain) {
  Findings findings;
  const auto table = parse_csv("a|b\n\u00a0x\u202fy\u00a0|\"\u2007z\"\n", "f.csv", findings);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->cell(0, 0).text, "x y");
  EXPECT_EQ(table->cell(0, 1).text, "z");
}

TEST(Csv, ASeparatorInsideQuotesOfTheHeaderIsNotOne) {
  const Read got = read("\"a;;;b\",c\n1,2\n");
  ASSERT_TRUE(got.table);
  EXPECT_EQ(got.table->columns(), 2u);
}

TEST(Csv, KnowsWhereEachCellStands) {
  const Read got = read("name,city\n\"Siân\nÓ\",Øre,x\nÅsa, Bø\n");
  ASSERT_TRUE(got.table);
  ASSERT_EQ(got.table->rows(), 2u);
  EXPECT_EQ(got.table->cell(1, 0).line, 4);
  EXPECT_EQ(got.table->cell(1, 1).column, 5);
  EXPECT_EQ(got.table->row_number(1), 3);
  ASSERT_EQ(got.findings.size(), 1u);
  EXPECT_EQ(got.findings[0].line, 2);
  EXPECT_EQ(got.findings[0].message, "row 2: 3 cells, the header has 2");
}

TEST(Csv, EveryFaultIsReportedAtItsPlace) {
  struct Case {
    std::string text;
    int line;
    int column;
    std::string_view message;
  };
  const std::vector<Case> cases{
      {"", 1, 1, "empty"},
      {"\n\n", 1, 1, "empty"},
      {"a,b\n1\n", 2, 1, "row 2: 1 cells"},
      {"a,b\n1,\"2\n", 2, 3, "never closed"},
      {"a,b\n1,\"2\"x\n", 2, 3, "text after the quotation mark"},
      {"a,b\n1,2\"\n", 2, 3, "does not begin with one"},
      {"a,b\n1,Zo\xeb\n", 2, 3, "not UTF-8"},
      {std::string{"a,b\n1,2\0\n", 9}, 2, 4, "NUL"},
      {"\xff\xfe"
       "a\0b\0",
       1, 1, "UTF-16"},
      {"PK\x03\x04zip", 1, 1, "workbook"},
      {"a,b\n1," + std::string(1 << 20, 'x') + "\n", 2, 3, "cell 2 is 1048576 bytes long"},
  };
  for (const Case& wrong : cases) {
    const Read got = read(wrong.text);
    ASSERT_EQ(got.findings.size(), 1u) << wrong.message;
    EXPECT_NE(got.findings[0].message.find(wrong.message), std::string::npos)
        << got.findings[0].message;
    EXPECT_EQ(got.findings[0].line, wrong.line) << wrong.message;
    EXPECT_EQ(got.findings[0].column, wrong.column) << wrong.message;
    EXPECT_FALSE(got.findings[0].hint.empty()) << wrong.message;
  }
}

TEST(Csv, OneFaultDoesNotHideTheNext) {
  const Read got = read("a,b\n1,2\"\n\"x\"y,2\n1,2,3\nok,fine\n");
  EXPECT_EQ(got.findings.size(), 3u);
  ASSERT_TRUE(got.table);
  EXPECT_EQ(row(*got.table, 3), (Row{"ok", "fine"}));
  EXPECT_FALSE(got.table->cell(0, 1).sound);
  EXPECT_TRUE(got.table->cell(0, 0).sound);
}

TEST(Csv, ExcelsSeparatorLineIsNoRow) {
  for (const char* text : {"sep=;\na;b\n1;2\n", "sep=;\r\na;b\r\n1;2\r\n", "\"sep=;\"\na;b\n1;2\n",
                           "SEP=|\na|b\n1|2\n", "\xef\xbb\xbfsep=,\na,b\n1,2\n"}) {
    const Read got = read(text);
    ASSERT_TRUE(got.table && got.findings.empty()) << text;
    ASSERT_EQ(got.table->rows(), 1u) << text;
    EXPECT_EQ(got.table->header(0).text, "a");
    EXPECT_EQ(row(*got.table, 0), (Row{"1", "2"})) << text;
    EXPECT_EQ(got.table->row_number(0), 2);  // a spreadsheet does not show the line
    EXPECT_EQ(got.table->cell(0, 0).line, 3);
  }
  EXPECT_EQ(read("sep=;").findings.size(), 1u);
  EXPECT_EQ(read("sep=;;\n1;2;3\n").table->header(0).text, "sep=");
}

TEST(Csv, ATitleAboveTheHeadingsIsOneFault) {
  const Read got = read("Rota of January\n\nID,Name\n1,Ana\n2,Ben\n");
  EXPECT_FALSE(got.table);
  ASSERT_EQ(got.findings.size(), 1u);
  EXPECT_EQ(got.findings[0].message,
            "row 3: 2 cells, and one in the first row, which names the columns");
  EXPECT_EQ(got.findings[0].line, 3);
  EXPECT_EQ(got.findings[0].hint, "delete the title above the headings");
}

// One encoding is one fault, however many names have accents.
TEST(Csv, AnotherEncodingIsOneFault) {
  const Read got = read("a,b\n1,Zo\xeb\n2,Ren\xe9\nLe\xf3n,x\n");
  ASSERT_EQ(got.findings.size(), 1u);
  EXPECT_EQ(got.findings[0].message,
            "row 2: cell 2 is not UTF-8, as 2 more are not: the file looks like Windows-1252 or "
            "Latin-1");
  EXPECT_EQ(got.findings[0].line, 2);
}

TEST(Csv, LimitsHold) {
  CsvLimits limits;
  limits.rows = 10;
  limits.columns = 4;
  EXPECT_TRUE(read("a\n1\n2\n3\n4\n5\n6\n7\n8\n9\n", limits).table);
  EXPECT_FALSE(read("a\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n", limits).table);
  EXPECT_FALSE(read("a,b,c,d,e\n", limits).table);
  limits.size_bytes = 3;
  EXPECT_FALSE(read("a,b\n", limits).table);
}

TEST(Csv, HostileSizesAreBounded) {
  const base::Stopwatch stopwatch;
  const std::size_t size = std::size_t{8} << 20;
  std::string quotes(size, '"');
  std::string commas(size, ',');
  std::string lines(size, '\n');
  std::string rows = std::string(255, ',') + "x\n";
  while (rows.size() < size) rows += "1\n";
  std::string faults = "a,b\n";
  while (faults.size() < size) faults += "\"a\"b,1\n";
  for (const std::string& text : {quotes, commas, lines, rows, faults}) {
    const Read got = read(text);
    EXPECT_FALSE(got.findings.empty());
    EXPECT_FALSE(got.table && got.table->rows() > 200'000);
  }
  // With sanitizers, on a slow and busy machine; the release takes 0.5 s.
  EXPECT_LT(stopwatch.seconds(), 120);
}

std::string quoted(const std::string& text, bool always) {
  if (!always && text.find_first_of("\",;\t\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string{"\"\""} : std::string{c};
  return out + "\"";
}

TEST(Csv, ReadsBackWhatAnyWriterWrote) {
  base::SeededRandom random{17};
  constexpr std::string_view kAlphabet[] = {"a", "\"", ",", "\n", "é", "7", ";", "雷", "=", "\t"};
  for (int round = 0; round < 500; ++round) {
    const std::size_t columns = 1 + random.below(5);
    const std::string_view end = random.chance(0.5) ? "\r\n" : "\n";
    std::vector<Row> rows(1 + random.below(6), Row(columns));
    std::string text;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::size_t c = 0; c < columns; ++c) {
        std::string& cell = rows[r][c];
        if (r == 0 || c == 0) cell = "h";  // no blank row
        for (std::uint64_t n = random.below(6); n > 0; --n)
          cell += kAlphabet[random.below(r == 0 ? 1 : std::size(kAlphabet))];
        text += (c == 0 ? "" : ",") + quoted(cell, random.chance(0.3));
        cell = std::string{base::trim(cell)};
      }
      text += end;
    }
    const Read got = read(text);
    ASSERT_TRUE(got.table && got.findings.empty()) << text;
    ASSERT_EQ(got.table->rows(), rows.size() - 1) << text;
    for (std::size_t r = 1; r < rows.size(); ++r)
      ASSERT_EQ(row(*got.table, r - 1), rows[r]) << text;
  }
}

TEST(Csv, AnyBytesAreReadOrReported) {
  base::SeededRandom random{23};
  constexpr std::string_view kBytes = "a,\"\n\r;\t\xff\xc3 =\xef";
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (std::uint64_t n = random.below(60); n > 0; --n)
      text += kBytes[random.below(kBytes.size())];
    const Read got = read(text);
    EXPECT_TRUE(got.table || !got.findings.empty());
    if (!got.table) continue;
    for (std::size_t r = 0; r < got.table->rows(); ++r)
      for (std::size_t c = 0; c < got.table->columns(); ++c) {
        const Cell cell = got.table->cell(r, c);
        EXPECT_TRUE(base::is_utf8(cell.text));
        EXPECT_TRUE(cell.sound || !got.findings.empty());
      }
  }
}

TEST(Csv, Formulas) {
  for (const char* text : {"=1+1", "+44", "-1", "@SUM(A1)", "\tx"}) EXPECT_TRUE(is_formula(text));
  for (const char* text : {"", "a=1", "07700 900123", "'=1"}) EXPECT_FALSE(is_formula(text));
}

}  // namespace
}  // namespace tocsin::document
