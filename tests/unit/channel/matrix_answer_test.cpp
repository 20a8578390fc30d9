#include "channel/matrix_answer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "channel/said.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kSaidOnMatrix{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h +
                                  40min};

TEST(MatrixToken, IsOneWord) {
  EXPECT_TRUE(is_matrix_token("syt_Y2FsbC1pbnM_sLCgWqXAuqPEGgQbdnRk_1Ha7lO"));
  for (const char* text : {"", "short", "two words and more", "line\nbreak_in_a_token"})
    EXPECT_FALSE(is_matrix_token(text)) << text;
}

TEST(MatrixId, StandsInAPathAsOneSegment) {
  EXPECT_EQ(percent_encoded("@ana.b-c_d~e:example.org"), "%40ana.b-c_d~e%3Aexample.org");
  EXPECT_EQ(percent_encoded("!a/../b?c#d e%\u00e9"), "%21a%2F..%2Fb%3Fc%23d%20e%25%C3%A9");
}

TEST(MatrixRefusal, SaysHowLongToWait) {
  const auto wait = [](std::string_view body) { return parse_matrix_wait(base::bytes_of(body)); };
  EXPECT_EQ(wait(R"({"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":4700})"), 4'700ms);
  for (const char* none : {"", "[]", "{}", R"({"retry_after_ms":"1"})", R"({"retry_after_ms":-1})",
                           R"({"retry_after_ms":99999999999})"})
    EXPECT_EQ(wait(none), 0ms) << none;
}

TEST(MatrixId, IsTakenFromAnAnswerAndIsNothingElse) {
  EXPECT_EQ(parse_matrix_user(base::bytes_of(R"({"user_id":"@a:b"})")), "@a:b");
  EXPECT_EQ(parse_matrix_room(base::bytes_of(R"({"room_id":"!r:b"})")), "!r:b");
  EXPECT_EQ(parse_matrix_room(base::bytes_of(R"({"room_id":"!31hneApxJ_1o-63DmFrpeqnkFfWppnz"})")),
            "!31hneApxJ_1o-63DmFrpeqnkFfWppnz");
  EXPECT_EQ(parse_matrix_event(base::bytes_of(R"({"event_id":"$e"})")), "$e");
  for (const char* text :
       {"", "[]", "{}", R"({"event_id":7})", R"({"event_id":"$"})", R"({"event_id":"e"})",
        R"({"event_id":"$e f"})", R"({"event_id":"$e\u0000"})"})
    EXPECT_FALSE(parse_matrix_event(base::bytes_of(text))) << text;
  EXPECT_FALSE(parse_matrix_room(
      base::bytes_of(fmt::format(R"({{"room_id":"!{}"}})", std::string(255, 'x')))));
}

TEST(MatrixMembership, IsOneOfThree) {
  const auto membership = [](std::string_view word) {
    return parse_matrix_membership(base::bytes_of(fmt::format(R"({{"membership":"{}"}})", word)));
  };
  EXPECT_EQ(membership("join"), Membership::join);
  EXPECT_EQ(membership("invite"), Membership::invite);
  EXPECT_EQ(membership("leave"), Membership::leave);
  EXPECT_EQ(membership("ban"), Membership::leave);
  EXPECT_EQ(membership("knock"), Membership::none);
  EXPECT_EQ(parse_matrix_membership(base::bytes_of("x")), Membership::none);
}

TEST(MatrixDirect, ListsTheRoomsOfEach) {
  const auto direct = parse_matrix_direct(base::bytes_of(
      R"({"@a:b":["!1:b","!2:b"],"@c:b":[],"@d:b":["x",7,"!",null,"!3:b"],"@e:b":7})"));
  ASSERT_TRUE(direct);
  EXPECT_EQ(*direct, (DirectRooms{{"@a:b", {"!1:b", "!2:b"}}, {"@c:b", {}}, {"@d:b", {"!3:b"}}}));
  EXPECT_FALSE(parse_matrix_direct(base::bytes_of("[]")));
  EXPECT_FALSE(parse_matrix_direct(base::bytes_of("x")));
}

// An event of the timeline of one room.
MatrixEvent event(std::string_view type, std::string_view content, std::string_view rest = "") {
  const auto news = parse_matrix_sync(base::bytes_of(fmt::format(
      R"({{"next_batch":"s1","rooms":{{"join":{{"!r:b":{{"timeline":{{"events":[{{"type":"{}",
          "event_id":"$e","sender":"@a:b","origin_server_ts":1795387200000,"content":{}{}}}]}}}}}}}}}})",
      type, content, rest)));
  EXPECT_TRUE(news && news->rooms.size() == 1 && news->rooms[0].events.size() == 1) << content;
  return news && !news->rooms.empty() && !news->rooms[0].events.empty() ? news->rooms[0].events[0]
                                                                        : MatrixEvent{};
}

TEST(MatrixNews, SayWhatSomebodyWrote) {
  const MatrixEvent one = event("m.room.message", R"({"msgtype":"m.text","body":"Y 20"})");
  EXPECT_EQ(one.kind, MatrixEvent::Kind::text);
  EXPECT_EQ(one.id, "$e");
  EXPECT_EQ(one.sender, "@a:b");
  EXPECT_EQ(one.at, kSaidOnMatrix);
  EXPECT_EQ(one.words, "Y 20");
  EXPECT_FALSE(one.message);
  const MatrixEvent corrected = event(
      "m.room.message",
      R"({"msgtype":"m.text","body":"* Y 40","m.new_content":{"msgtype":"m.text","body":"Y 40"},
          "m.relates_to":{"rel_type":"m.replace","event_id":"$d"}})");
  EXPECT_EQ(corrected.words, "Y 40");
  const MatrixEvent quoting = event("m.room.message", R"({"msgtype":"m.text","body":"N",
                                  "m.relates_to":{"m.in_reply_to":{"event_id":"$d"}}})");
  EXPECT_EQ(quoting.related, "$d");
}

// The name of a picture's file is no answer, and a program's note none of a person.
TEST(MatrixNews, OfAPictureHaveNoWordsAndOfAProgramAreNone) {
  const MatrixEvent picture = event("m.room.message", R"({"msgtype":"m.image","body":"no.jpg"})");
  EXPECT_EQ(picture.kind, MatrixEvent::Kind::text);
  EXPECT_EQ(picture.words, "");
  EXPECT_EQ(event("m.room.message", R"({"msgtype":"m.notice","body":"N"})").kind,
            MatrixEvent::Kind::other);
  EXPECT_EQ(event("m.room.message", "{}").kind, MatrixEvent::Kind::other);  // removed
  EXPECT_EQ(event("m.room.encrypted", R"({"algorithm":"m.megolm.v1.aes-sha2"})").kind,
            MatrixEvent::Kind::encrypted);
  EXPECT_EQ(event("m.sticker", R"({"body":"N"})").kind, MatrixEvent::Kind::other);
}

TEST(MatrixNews, SayWhatSomebodyMarkedWithWhat) {
  const MatrixEvent one = event(
      "m.reaction", R"({"m.relates_to":{"rel_type":"m.annotation","event_id":"$d","key":"👎"}})");
  EXPECT_EQ(one.kind, MatrixEvent::Kind::reaction);
  EXPECT_EQ(one.related, "$d");
  EXPECT_EQ(one.words, "👎");
  EXPECT_EQ(
      event("m.reaction", R"({"m.relates_to":{"rel_type":"x","event_id":"$d","key":"N"}})").kind,
      MatrixEvent::Kind::other);
}

TEST(MatrixNews, KnowMessagesOfOurs) {
  const seal::MessageId id{{1, 2, 3}};
  const MatrixEvent one = event(
      "m.room.message",
      fmt::format(R"({{"msgtype":"m.text","body":"x","tocsin.message":{{"id":"{}","asks":true}}}})",
                  seal::to_text(id)));
  EXPECT_EQ(one.message, id);
  EXPECT_TRUE(one.asks);
  EXPECT_FALSE(event("m.room.message",
                     R"({"msgtype":"m.text","body":"x","tocsin.message":{"id":7,"asks":"true"}})")
                   .message);
}

TEST(MatrixNews, SayWhoEnteredAndWhoLeft) {
  const MatrixEvent one =
      event("m.room.member", R"({"membership":"leave"})", R"(,"state_key":"@a:b")");
  EXPECT_EQ(one.kind, MatrixEvent::Kind::member);
  EXPECT_EQ(one.member, "@a:b");
  EXPECT_EQ(one.membership, Membership::leave);
}

TEST(MatrixNews, SayWhatWasReadByWhomAndWhichRoomsAreForWhom) {
  const auto news = parse_matrix_sync(base::bytes_of(
      R"({"next_batch":"s2","account_data":{"events":[{"type":"m.direct","content":{"@a:b":["!r:b"]}},
          {"type":"x","content":{}}]},
          "rooms":{"join":{"!r:b":{"ephemeral":{"events":[{"type":"m.typing","content":{}},
          {"type":"m.receipt","content":{"$e":{"m.read":{"@a:b":{"ts":1}},"m.read.private":{"@c:b":{}}},
          "$f":7,"$g":{"m.read":7}}}]}}}}})"));
  ASSERT_TRUE(news);
  EXPECT_EQ(news->next, "s2");
  EXPECT_EQ(news->direct, (DirectRooms{{"@a:b", {"!r:b"}}}));
  ASSERT_EQ(news->rooms.size(), 1U);
  ASSERT_EQ(news->rooms[0].read.size(), 1U);
  EXPECT_EQ(news->rooms[0].read[0].by, "@a:b");
  EXPECT_EQ(news->rooms[0].read[0].event, "$e");
}

TEST(MatrixNews, OfADamagedEntryAreLeftOutAndWithoutACursorThereAreNone) {
  for (const char* text :
       {"", "[]", "{}", R"({"next_batch":7})", R"({"next_batch":""})", R"({"rooms":{}})"})
    EXPECT_FALSE(parse_matrix_sync(base::bytes_of(text))) << text;
  EXPECT_FALSE(parse_matrix_sync(
      base::bytes_of(fmt::format(R"({{"next_batch":"{}"}})", std::string(5'000, 'x')))));
  for (const char* rooms : {"7", "[]", R"({"join":7})", R"({"join":{"!r:b":7}})",
                            R"({"join":{"!r:b":{"timeline":7,"ephemeral":[]}}})",
                            R"({"join":{"!r:b":{"timeline":{"events":{}}}}})"})
    EXPECT_TRUE(
        parse_matrix_sync(base::bytes_of(fmt::format(R"({{"next_batch":"s","rooms":{}}})", rooms))))
        << rooms;
  const auto news = parse_matrix_sync(base::bytes_of(
      R"({"next_batch":"s","rooms":{"join":{"!r:b":{"timeline":{"events":[7,null,{},
          {"event_id":"e","sender":"@a:b","origin_server_ts":1},
          {"event_id":"$e","sender":"a","origin_server_ts":1},
          {"event_id":"$e","sender":"@a:b","origin_server_ts":"1"},
          {"event_id":"$e","sender":"@a:b","origin_server_ts":-1},
          {"event_id":"$e","sender":"@a:b","origin_server_ts":18446744073709551615},
          {"event_id":"$f","sender":"@a:b","origin_server_ts":1,"type":"m.room.message",
           "content":{"msgtype":"m.text","body":7}}]}}}}})"));
  ASSERT_TRUE(news);
  ASSERT_EQ(news->rooms[0].events.size(), 1U);
  EXPECT_EQ(news->rooms[0].events[0].kind, MatrixEvent::Kind::other);
}

TEST(MatrixNews, KeepOddCharactersAndAreCutWhenTooLong) {
  EXPECT_EQ(
      event("m.room.message", R"({"msgtype":"m.text","body":"yes\r\n\u0007\ud83d\udc4d"})").words,
      "yes\r\n\a👍");
  std::string longest;
  for (int i = 0; i < 4'096; ++i) longest += "ß";
  const MatrixEvent cut =
      event("m.room.message", fmt::format(R"({{"msgtype":"m.text","body":"x{}"}})", longest));
  EXPECT_EQ(cut.words.size(), kMostSaidBytes - 1);
  EXPECT_TRUE(base::is_utf8(cut.words));
}

}  // namespace
}  // namespace tocsin::channel
