#include "channel/exec_lines.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kExecNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 41min};
const std::string kId = "AAECAwQFBgcICQoLDA0ODw";

std::string receipt(const std::string& id, const std::string& state) {
  return R"({"type":"receipt","id":")" + id + R"(","state":")" + state + "\"}";
}

// Held against the manual by a parser that is not ours.
TEST(ExecLines, SayWhatTheManualSaysAndNothingElse) {
  const Outgoing<playbook::Nudge> message{
      *seal::message_id_from_text(kId), "bleep \"4711\"\n", {}, kExecNight, Urgency::high, true};
  const std::string line = exec_line(message, "open\nhttps://relay.example \xff");
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_TRUE(base::is_utf8(line));
  EXPECT_EQ(nlohmann::json::parse(line),
            nlohmann::json({{"type", "message"},
                            {"id", kId},
                            {"to", "bleep \"4711\"\n"},
                            {"text", "open\nhttps://relay.example \ufffd"},
                            {"asks", true},
                            {"urgent", true},
                            {"expires", "2026-11-22T00:41:00.000Z"}}));
  EXPECT_EQ(nlohmann::json::parse(exec_kept_line("a7")),
            nlohmann::json({{"type", "kept"}, {"id", "a7"}}));
}

TEST(ExecLines, HaveAReceiptOfEachKind) {
  const std::pair<const char*, Receipt> kStates[] = {{"queued", Receipt::queued},
                                                     {"sent", Receipt::sent},
                                                     {"delivered", Receipt::delivered},
                                                     {"read", Receipt::read},
                                                     {"failed-for-now", Receipt::failed_for_now},
                                                     {"failed-for-good", Receipt::failed_for_good},
                                                     {"unknown", Receipt::unknown}};
  for (const auto& [word, state] : kStates) {
    const ExecAnswer answer = parse_exec_line(receipt(kId, word));
    ASSERT_TRUE(std::holds_alternative<Delivery>(answer)) << word;
    EXPECT_EQ(std::get<Delivery>(answer).receipt, state);
    EXPECT_EQ(seal::to_text(std::get<Delivery>(answer).id), kId);
    EXPECT_EQ(std::get<Delivery>(answer).reason.empty(), state <= Receipt::read);
  }
}

TEST(ExecLines, HaveAnAnswerInWords) {
  const ExecAnswer answer = parse_exec_line(
      R"({"type":"said","id":"a7","from":"bleep 4711","text":"Y 20","at":"2026-11-22T00:41:00Z",)"
      R"("about":"AAECAwQFBgcICQoLDA0ODw","more":[1]})");
  ASSERT_TRUE(std::holds_alternative<ExecSaid>(answer));
  const auto& [theirs, said] = std::get<ExecSaid>(answer);
  EXPECT_EQ(theirs, "a7");
  EXPECT_EQ(said.id, said_id("exec", "a7"));
  EXPECT_EQ(said.from, "bleep 4711");
  EXPECT_EQ(said.words, "Y 20");
  EXPECT_EQ(said.at, kExecNight);
  EXPECT_EQ(seal::to_text(*said.about), kId);
}

TEST(ExecLines, KeepTheBeginningOfALongText) {
  const ExecAnswer answer =
      parse_exec_line(R"({"type":"said","id":"a","from":"x","at":"2026-11-22T00:41:00Z","text":")" +
                      std::string(2'000, 'a') + "\"}");
  EXPECT_EQ(std::get<ExecSaid>(answer).said.words.size(), kMostSaidBytes);
}

TEST(ExecLines, AreSkippedWhenTheyAreNone) {
  const std::string said = R"({"type":"said","id":"a","from":"x","text":"Y")";
  for (const std::string& line :
       {std::string{}, std::string{"ready"}, std::string{"[]"}, std::string{"null"},
        std::string(3'000, '['), receipt("short", "sent"), receipt(kId, "told"), receipt(kId, ""),
        std::string{R"({"type":"receipt","id":7,"state":"sent"})"},
        std::string{R"({"type":"Receipt"})"}, std::string{R"({"type":["said"]})"},
        said + "}",  // when?
        said + R"(,"at":"yesterday"})",
        said + R"(,"at":"2026-11-22T00:41:00Z")",  // without its end
        std::string{
            R"({"type":"said","id":"","from":"x","text":"Y","at":"2026-11-22T00:41:00.000Z"})"},
        std::string{R"({"type":"said","id":"a","from":"","text":"Y","at":"2026-11-22T00:41:00Z"})"},
        R"({"type":"said","id":"a","from":")" + std::string(101, 'x') +
            R"(","text":"Y","at":"2026-11-22T00:41:00Z"})",
        receipt(kId, "sent") + std::string(kMostExecAnswer, ' '), receipt(kId, "sent\xff")})
    EXPECT_TRUE(std::holds_alternative<std::monostate>(parse_exec_line(line)))
        << line.substr(0, 100);
}

}  // namespace
}  // namespace tocsin::channel
