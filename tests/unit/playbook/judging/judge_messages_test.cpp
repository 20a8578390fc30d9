#include <gtest/gtest.h>

#include "unit/playbook/sample.h"

namespace tocsin::playbook {
namespace {

TEST(JudgeMessages, SayWhatTheyMust) {
  const std::string_view request = R"("{kind}: come as {role}, {area}, {report_to}, by {by}.")";
  expect_error(request, R"(@@"{kind}: {rol} {report_to} {by}")", "unknown field {rol}",
               "did you mean \"role\"");
  expect_error(request, R"(@@"{kind}: {report_to} by {by")", "bracket without its partner");
  expect_error(request, R"(@@"come to {report_to} by {by}")", "REAL or an EXERCISE", "{kind}");
  expect_warning(request, R"(@@"{kind}: come by {by}")", "where to report");
  expect_error(request, R"(@@"{kind}: {report_to} {by} {link}")", "{link} has no place");
  expect_error(R"("{code_word}: open {link}")", R"(@@"{code_word}: {link} in {area}")",
               "{area} has no place in a nudge");
  expect_error(R"("{code_word}: open {link}")", "@@open the page", "leads nowhere");
  expect_error(
      "code_word: Larkspur\nmessages:\n  en:\n    request: \"{kind}: come as {role}, "
      "{area}, {report_to}, by {by}.\"\n    nudge: ",
      "messages:\n  en:\n    nudge: @@", "none is agreed");
  expect_error("  en:\n", "  @@EN:\n", "not a language");
  expect_warning("    nudge:", "  cy:\n    @@nudge:", "not in \"cy\": standby, request");
}

TEST(JudgeMessages, AreMeasuredWithTheirFieldsFilledIn) {
  // The four fields of the sample take at most 8 + 18 + 9 + 16 = 51 characters.
  const std::string_view request = R"("{kind}: come as {role}, {area}, {report_to}, by {by}.")";
  const std::string fields = "{kind}{role}{report_to}{by}";
  const auto message = [&](std::size_t padding) {
    return "\"" + fields + std::string(padding, '.') + "\"";
  };
  const std::size_t longest_report_to = std::string_view{"Site office"}.size();
  const std::size_t filled =
      8 + std::string_view{"Trauma team leader"}.size() + longest_report_to + 16;
  document::Findings findings;
  EXPECT_TRUE(load(replaced(kSample, request, message(480 - filled)), findings).has_value());
  expect_error(request, "@@" + message(481 - filled), "up to 481 characters");
}

}  // namespace
}  // namespace tocsin::playbook
