#include <gtest/gtest.h>

#include <string>

#include "base/random.h"
#include "document/yaml.h"
#include "unit/document/described.h"

namespace tocsin::document {
namespace {

// Writes random JSON, and what `described` must say of it: it knows where it put each token.
class RandomJson {
 public:
  explicit RandomJson(std::uint64_t seed) : random_(seed) { value(0, 0); }
  const std::string& text() const { return text_; }
  const std::string& description() const { return description_; }

 private:
  void put(std::string_view token) {
    text_ += token;
    for (const char c : token) column_ += (static_cast<unsigned char>(c) & 0xc0) == 0x80 ? 0 : 1;
  }
  void blanks() {
    for (std::uint64_t left = random_.below(3); left > 0; --left) {
      const std::uint64_t which = random_.below(4);
      if (which == 0) {
        text_ += '\n';
        ++line_;
        column_ = 1;
      } else {
        put(which == 1 ? "\t" : " ");
      }
    }
  }
  void note(int depth, std::string_view what) {
    description_ += std::string(static_cast<std::size_t>(depth), ' ') + std::to_string(line_) +
                    ":" + std::to_string(column_) + " " + std::string{what} + "\n";
  }
  void quoted(int depth, const std::string& spelt, const std::string& meant) {
    note(depth, "scalar '" + meant);
    put("\"" + spelt + "\"");
  }
  void value(int depth, int nested) {
    blanks();
    const std::uint64_t what = random_.below(nested < 4 ? 8 : 6);
    constexpr std::string_view kPlain[] = {"0", "-1.50", "1e3", "12E-7", "true", "false"};
    if (what < 3) {
      const std::string_view plain = kPlain[random_.below(std::size(kPlain))];
      note(depth, "scalar " + std::string{plain});
      put(plain);
    } else if (what == 3) {
      note(depth, "null");
      put("null");
    } else if (what == 4) {
      quoted(depth, "Zo\\u00eb \\\"x\\\"", "Zo\xc3\xab \"x\"");
    } else if (what == 5) {
      quoted(depth, "\xe2\x82\xac,:[{", "\xe2\x82\xac,:[{");
    } else {
      members(depth, nested, what == 6);
    }
    blanks();
  }
  void members(int depth, int nested, bool is_list) {
    note(depth, is_list ? "sequence" : "mapping");
    put(is_list ? "[" : "{");
    const std::uint64_t count = random_.below(4);
    if (count == 0) blanks();
    for (std::uint64_t i = 0; i < count; ++i) {
      if (i > 0) put(",");
      if (!is_list) {
        blanks();
        const std::string key = "k" + std::to_string(i);
        quoted(depth + 1, key, key);
        blanks();
        put(":");
      }
      value(depth + (is_list ? 1 : 2), nested + 1);
    }
    put(is_list ? "]" : "}");
  }

  base::SeededRandom random_;
  std::string text_;
  std::string description_;
  int line_ = 1;
  int column_ = 1;
};

TEST(Json, EveryTokenStandsWhereItWasWritten) {
  int trees = 0;
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    const RandomJson written(seed);
    const auto first = written.text().find_first_not_of(" \t\n");
    // A text that begins otherwise is read as YAML.
    if (written.text()[first] != '[' && written.text()[first] != '{') continue;
    ASSERT_EQ(described(written.text()), written.description()) << written.text();
    ++trees;
  }
  EXPECT_GT(trees, 300);
}

TEST(Json, GivesPlacesAsYamlDoes) {
  EXPECT_EQ(described("{\"a\": [1, -2.5e3, true,\n null], \"b\\u00e9\": {}, \"c\":\"\"}"),
            "1:1 mapping\n"
            " 1:2 scalar 'a\n"
            "  1:7 sequence\n"
            "   1:8 scalar 1\n"
            "   1:11 scalar -2.5e3\n"
            "   1:19 scalar true\n"
            "   2:2 null\n"
            " 2:9 scalar 'b\xc3\xa9\n"
            "  2:20 mapping\n"
            " 2:24 scalar 'c\n"
            "  2:28 scalar '\n");
}

TEST(Json, FindsDuplicateKeys) {
  Findings findings;
  parse_yaml("{\"a\": 1,\n \"a\": 2}", "a.yaml", findings);
  ASSERT_EQ(findings.errors(), 1U);
  EXPECT_EQ(to_text(findings.sorted()[0]), "a.yaml:2:2: error: duplicate key \"a\"");
}

// Cut anywhere, and with any byte changed: a tree or findings, but never neither.
TEST(Json, IsReadOrRefusedWithAReason) {
  const std::string good = "{\"a\": [1, -2.5e3, true], \"b\": {\"c\": null, \"d\": \"\\u00e9\"}}";
  const auto is_told = [](const std::string& text) {
    Findings findings;
    const auto document = parse_yaml(text, "a.yaml", findings);
    for (const Finding& finding : findings.sorted()) {
      EXPECT_GE(finding.line, 1) << text;
      EXPECT_GE(finding.column, 1) << text;
    }
    return document != nullptr || findings.has_errors();
  };
  for (std::size_t at = 0; at < good.size(); ++at) {
    EXPECT_TRUE(is_told(good.substr(0, at))) << at;
    for (const char c : {'\0', ',', ':', '"', '}', ']', '{', '\\', '\x80', 'e', '-'}) {
      std::string changed = good;
      changed[at] = c;
      EXPECT_TRUE(is_told(changed)) << changed;
    }
  }
}

}  // namespace
}  // namespace tocsin::document
