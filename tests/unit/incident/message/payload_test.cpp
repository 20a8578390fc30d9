#include "incident/message/payload.h"

#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

namespace tocsin::incident {
namespace {

using nlohmann::json;

const base::Instant kSaid = *base::from_rfc3339("2026-11-22T22:40:00.123Z");

Notice notice() {
  Notice notice;
  notice.kind = playbook::MessageKind::assigned;
  notice.incident = "MI-20261122-2240";
  notice.organisation = "St Bride's";
  notice.caller = "Dr A. Okafor";
  notice.text =
      "REAL: komm bitte, \xc3\x9c"
      "bung ist das keine";
  notice.area = "Resuscitation";
  notice.role = "Trauma nurse";
  notice.report_to = "Red doors";
  notice.shift = "Response";
  notice.by = kSaid;
  notice.keep_until = kSaid + base::Minutes{60};
  notice.reply_to.verify.bytes.fill(3);
  notice.reply_to.seal.bytes.fill(4);
  notice.certificate.name = "Dr A. Okafor, on-call director";
  notice.certificate.serial = 7;
  return notice;
}

// The notice with one member changed by `change`, as somebody else would write it.
std::optional<Notice> decoded_after(const std::function<void(json&)>& change) {
  json object = json::parse(base::text_of(encode(notice())));
  change(object);
  return decode_notice(base::bytes_of(object.dump()));
}

TEST(Notice, EveryPartSurvives) {
  const Notice before = notice();
  const auto after = decode_notice(encode(before));
  ASSERT_TRUE(after);
  EXPECT_EQ(after->kind, before.kind);
  EXPECT_EQ(after->incident, before.incident);
  EXPECT_EQ(after->organisation, before.organisation);
  EXPECT_EQ(after->caller, before.caller);
  EXPECT_EQ(after->text, before.text);
  EXPECT_EQ(after->area, before.area);
  EXPECT_EQ(after->role, before.role);
  EXPECT_EQ(after->report_to, before.report_to);
  EXPECT_EQ(after->shift, before.shift);
  EXPECT_EQ(after->by, before.by);
  EXPECT_EQ(after->keep_until, before.keep_until);
  EXPECT_EQ(after->reply_to, before.reply_to);
  EXPECT_EQ(seal::encode(after->certificate), seal::encode(before.certificate));
}

// tocsin-relay(5): all absent when the message is about no post.
TEST(Notice, AboutNoPostNamesNone) {
  Notice before = notice();
  before.area = before.role = before.report_to = before.shift = "";
  before.by.reset();
  const json object = json::parse(base::text_of(encode(before)));
  for (const char* key : {"area", "role", "report_to", "shift", "by"})
    EXPECT_FALSE(object.contains(key)) << key;
  const auto after = decode_notice(encode(before));
  ASSERT_TRUE(after);
  EXPECT_FALSE(after->by);
}

TEST(Notice, OfALaterVersionIsStillRead) {
  EXPECT_TRUE(decoded_after([](json& object) { object["colour"] = {1, 2, 3}; }));
}

TEST(Notice, WithAWrongOrMissingPartIsRefused) {
  for (const char* key : {"kind", "reply_to", "certificate", "keep_until"}) {
    EXPECT_FALSE(decoded_after([&](json& object) { object.erase(key); })) << key;
    EXPECT_FALSE(decoded_after([&](json& object) { object[key] = "?"; })) << key;
  }
  for (const char* key : {"kind", "incident", "organisation", "caller", "text", "area", "role",
                          "report_to", "shift", "by", "keep_until", "reply_to", "certificate"}) {
    EXPECT_FALSE(decoded_after([&](json& object) { object[key] = 1; })) << key;
    EXPECT_FALSE(decoded_after([&](json& object) { object[key] = nullptr; })) << key;
    EXPECT_FALSE(decoded_after([&](json& object) { object[key] = std::string(4001, 'A'); })) << key;
  }
  EXPECT_TRUE(decoded_after([](json& object) { object["text"] = std::string(4000, 'A'); }));
  EXPECT_FALSE(decoded_after([](json& object) { object["by"] = "2026-13-01T00:00:00Z"; }));
  EXPECT_FALSE(decoded_after(
      [](json& object) { object["reply_to"] = object["reply_to"].get<std::string>() + "AAAA"; }));
}

// A wrong byte in a coordinator's words must not keep the message from anybody.
TEST(Notice, WithBrokenUtf8IsStillSent) {
  Notice broken = notice();
  broken.text = "come \xff now";
  const auto after = decode_notice(encode(broken));
  ASSERT_TRUE(after);
  EXPECT_EQ(after->text, "come \xef\xbf\xbd now");
}

TEST(Payload, HostileBytesAreRefusedAndNeverFatal) {
  const base::Bytes good = encode(notice());
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(decode_notice(base::ByteView{good}.first(size)));
  for (const std::string& bad :
       {std::string(16'000, '['), std::string(16'000, '{'), "{\"a\":" + std::string(15'000, '['),
        std::string(16'000, '\0'), std::string("\xef\xbb\xbf"), std::string("null"),
        std::string(R"("text")"), std::string(R"({"answer":"no"}{})")}) {
    EXPECT_FALSE(decode_notice(base::bytes_of(bad)));
    EXPECT_FALSE(decode_reply(base::bytes_of(bad)));
  }
}

TEST(Reply, SaysExactlyWhatWasMeant) {
  for (const Reply& reply :
       {Reply{Answer::coming, kSaid}, Reply{Answer::later, kSaid}, Reply{Answer::last_resort, {}},
        Reply{Answer::no, {}}, Reply{Answer::arrived, {}}, Reply{Answer::leaving, {}},
        Reply{Answer::seen, {}}}) {
    const auto decoded = decode_reply(encode(reply));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->answer, reply.answer);
    EXPECT_EQ(decoded->when, reply.when);
  }
}

TEST(Reply, AnythingElseIsRefused) {
  for (const char* bad :
       {"", "[]", "{", "{}", R"({"answer":"maybe"})", R"({"answer":"coming"})",
        R"({"answer":"coming","when":"soon"})", R"({"answer":"no","when":"2026-11-22T22:40:00Z"})",
        R"({"answer":1})", R"({"answer":"none"})", R"({"answer":"none","when":""} x)"})
    EXPECT_FALSE(decode_reply(base::bytes_of(bad))) << bad;
}

}  // namespace
}  // namespace tocsin::incident
