// A test of a channel, and accounts that people link, with the coordinator's real program and a
// simulator of Telegram's Bot API.
#include <signal.h>

#include <algorithm>

#include "process/night.h"
#include "provider/provider_process.h"

namespace tocsin::process {
namespace {

const std::string kBotToken = "123456789:AAF-3xample_of_a_token_that_is_none0";

class ReachedByTelegram : public RealNight {
 protected:
  void SetUp() override {
    found();
    write("staff.csv",
          "Employee Number,Full Name,Job Role,Telegram,Phone\n"
          "100001,Ana Bell,Staff Nurse,5001,\n100002,Ben Moss,Staff Nurse,5002,\n"
          "100003,Cat Dale,Porter,,020 7946 0123\n100004,Dan Eley,Porter,,020 7946 0124\n");
    good({"staff", "import", path("staff.csv"), "--allow-shrink"});
    set_channels("channels:\n",
                 fmt::format("channels:\n  - channel: telegram\n    token: bot.token\n"
                             "    bot: StElsewhereBot\n    url: {}\n",
                             provider_.origin()));
    write("trust/bot.token", kBotToken + "\n");
    fs::permissions(path("trust/bot.token"), fs::perms::owner_read);
    provider_.control({{"people", {5001, 5002}}});
  }
  json messages() { return provider_.control().at("messages"); }
  void writes(int from, const std::string& text) {
    provider_.control({{"write", json::array({{{"from", from}, {"text", text}}})}});
  }
  // Until the bot has sent so many; the program asks and sends by itself meanwhile.
  bool has_sent(std::size_t count) {
    for (int tries = 0; tries < 100'000; ++tries)
      if (messages().size() >= count) return true;
    return false;
  }
  static json object_in(const std::string& out) {
    const auto begin = out.find('{');
    if (begin == std::string::npos) return json::object();
    return json::parse(out.substr(begin, out.rfind('}') + 1 - begin), nullptr, false);
  }
  std::string code(const std::string& person) {
    return object_in(good({"staff", "invite", person, "--channel", "telegram", "--json"}))
        .at("code");
  }
  // What "staff linked" says when it has looked once.
  json linked(int exit = 0) {
    const Outcome outcome = tocsin("trust", {"staff", "linked", "--json"});
    EXPECT_EQ(outcome.exit, exit) << outcome.out;
    return object_in(outcome.out);
  }
  json contacts(const std::string& person) {
    return object_in(good({"staff", "show", person, "--reveal", "--json"})).at("contacts");
  }

  provider::ProviderProcess provider_{{"telegram", "--token", kBotToken}};
};

TEST_F(ReachedByTelegram, SaysWhoAnsweredAndWhoBlocksTheBot) {
  provider_.control({{"block", {5002}}});
  Process test{
      words("trust", {"channel", "test", "telegram", "--everyone", "--wait", "1h", "--json"})};
  ASSERT_TRUE(has_sent(1));
  const json sent = messages().at(0);
  EXPECT_EQ(sent.at("text"),
            "Test of incident messages by St Elsewhere. Nobody is called in. Please answer OK.");
  EXPECT_TRUE(sent.at("buttons").empty()) << "a button is a call's";
  writes(5099, "ok");
  writes(5001, "ok, got it");
  const Outcome outcome = test.finish();
  EXPECT_EQ(outcome.exit, 4);
  const json seen = object_in(outcome.out);
  EXPECT_EQ(seen.at("people"), 2) << outcome.out;
  EXPECT_EQ(seen.at("reached"), 1);
  EXPECT_EQ(seen.at("answered"), 1);
  EXPECT_EQ(seen.at("failed"), 1);
  EXPECT_EQ(messages().size(), 1U) << "a stranger gets no answer";
  EXPECT_EQ(contacts("100001").at(0).at("last_test").at("outcome"), "answered");
  EXPECT_EQ(contacts("100002").at(0).at("last_test").at("reason"),
            "the person blocks the bot, or has left Telegram");
  const json doctor = object_in(tocsin("trust", {"doctor", "--json"}).out);
  ASSERT_EQ(doctor.at("failed_test").size(), 1U);
  EXPECT_EQ(doctor.at("failed_test").at(0).at("id"), "100002");
  EXPECT_TRUE(doctor.at("never_tested").empty());
}

TEST_F(ReachedByTelegram, AStopIsTakenConfirmedAndKept) {
  Process test{words(
      "trust", {"channel", "test", "telegram", "--person", "100001", "--wait", "1h", "--json"})};
  ASSERT_TRUE(has_sent(1));
  writes(5001, "STOP");
  const json seen = object_in(test.finish().out);
  EXPECT_EQ(seen.at("withdrawn"), 1);
  ASSERT_EQ(messages().size(), 2U);
  EXPECT_TRUE(messages().at(1).at("text").get<std::string>().starts_with("You get no more"));
  EXPECT_FALSE(contacts("100001").at(0).at("withdrawn").is_null());
  const Outcome again = tocsin("trust", {"channel", "test", "telegram", "--person", "100001"});
  EXPECT_EQ(again.exit, 3) << "they are not written to again: " << again.out;
  EXPECT_EQ(messages().size(), 2U);
}

TEST_F(ReachedByTelegram, ASignalEndsItAndWhatWasFoundIsKept) {
  Process test{words("trust", {"channel", "test", "telegram", "--everyone", "--wait", "1h"})};
  ASSERT_TRUE(has_sent(2));
  test.signal(SIGINT);
  EXPECT_EQ(test.finish().exit, 4);
  EXPECT_EQ(contacts("100001").at(0).at("last_test").at("outcome"), "sent");
}

TEST_F(ReachedByTelegram, ADryRunSendsNothing) {
  good({"channel", "test", "telegram", "--everyone", "--dry-run"});
  EXPECT_TRUE(messages().empty());
}

TEST_F(ReachedByTelegram, APersonLinksTheirAccountAndIsReachedThere) {
  EXPECT_EQ(contacts("100003").size(), 1U);
  const json invited =
      object_in(good({"staff", "invite", "100003", "--channel", "telegram", "--json"}));
  const std::string code = invited.at("code");
  EXPECT_EQ(invited.at("link"), "https://t.me/StElsewhereBot?start=" + code);
  writes(5003, "/start " + code);
  const json seen = linked();
  ASSERT_EQ(seen.at("tried").size(), 1U) << seen;
  EXPECT_EQ(seen.at("tried").at(0).at("outcome"), "linked");
  EXPECT_EQ(seen.at("accounts").at(0).at("person"), "100003");
  EXPECT_TRUE(seen.at("open").empty());
  ASSERT_EQ(messages().size(), 1U);
  EXPECT_EQ(messages().at(0).at("to"), 5003);
  EXPECT_TRUE(messages().at(0).at("text").get<std::string>().starts_with("Done: St Elsewhere"));
  ASSERT_EQ(contacts("100003").size(), 2U);
  EXPECT_EQ(contacts("100003").at(1).at("address"), "5003");
  EXPECT_FALSE(contacts("100003").at(1).at("linked").is_null());
  EXPECT_FALSE(contacts("100003").at(1).at("consented").is_null());
  // The next list of staff knows nothing of it.
  good({"staff", "import", path("staff.csv")});
  EXPECT_EQ(contacts("100003").size(), 2U);
  tocsin("trust", {"channel", "test", "telegram", "--person", "100003", "--wait", "0min"});
  EXPECT_EQ(messages().size(), 2U);
  // STOP, heard without any test.
  writes(5003, "stop");
  EXPECT_EQ(linked().at("withdrawn"), 1);
  EXPECT_FALSE(contacts("100003").at(1).at("withdrawn").is_null());
}

// Whatever strangers send: nobody is linked, they are told once, and the program goes on.
TEST_F(ReachedByTelegram, NoCodeThatIsWrongUsedOrAnothersLinksAnything) {
  const std::string ours = code("100003");
  writes(5003, ours);
  linked();
  const std::size_t before = messages().size();
  writes(5004, ours);                               // used
  writes(5004, "/start LINK-7KQ2-M4XZ-9TRD-P10W");  // nobody's
  writes(5001, "/start " + code("100004"));         // an account of the roster
  writes(5004, std::string(4'000, 'L'));
  writes(5004, "/start LINK-\xf0\x9f\x98\x80");
  provider_.control({{"updates", json::array({{{"message", {{"text", ours}}}},
                                              {{"message", nullptr}},
                                              {{"message", {{"from", 5}}}}})}});
  json seen = linked();
  std::vector<std::string> outcomes;
  for (const json& one : seen.at("tried")) outcomes.push_back(one.at("outcome"));
  EXPECT_EQ(outcomes,
            (std::vector<std::string>{"a code that was used before", "a code that nobody was given",
                                      "an account that is another person's"}));
  EXPECT_EQ(seen.at("tried").at(2).at("holder"), "100001");
  EXPECT_EQ(seen.at("accounts").size(), 1U);
  EXPECT_EQ(messages().size(), before + 2) << "each account is told once";
  EXPECT_TRUE(messages().back().at("text").get<std::string>().find("cannot use this code") !=
              std::string::npos);
  EXPECT_EQ(contacts("100004").size(), 1U);
  // The code stands nowhere in the home.
  for (const auto& entry : fs::recursive_directory_iterator{folder_ / "trust"}) {
    if (!entry.is_regular_file()) continue;
    EXPECT_EQ(read(entry.path()).find(ours.substr(5)), std::string::npos) << entry.path();
  }
}

TEST_F(ReachedByTelegram, ALinkIsTakenInTheMiddleOfATest) {
  const std::string theirs = code("100004");
  Process test{
      words("trust", {"channel", "test", "telegram", "--person", "100001", "--wait", "1h"})};
  ASSERT_TRUE(has_sent(1));
  writes(5004, theirs);
  ASSERT_TRUE(has_sent(2));
  writes(5001, "ok");
  const Outcome outcome = test.finish();
  EXPECT_EQ(outcome.exit, 0) << outcome.out;
  EXPECT_NE(outcome.out.find("Dan Eley (100004): linked by telegram"), std::string::npos)
      << outcome.out;
}

TEST_F(ReachedByTelegram, NothingIsHeardWhileAnIncidentIsOpen) {
  write("small.yaml", playbooks::changed(kPlaybook, {{"channels: [relay]", "channels: [phone]"}}));
  good({"declare", path("small.yaml"), "--exercise", "--reason", "test"});
  writes(5004, code("100004"));
  EXPECT_EQ(tocsin("trust", {"staff", "linked"}).exit, 2);
  EXPECT_EQ(tocsin("trust", {"channel", "test", "telegram", "--everyone"}).exit, 2);
  EXPECT_TRUE(messages().empty());
  EXPECT_EQ(provider_.control().at("waiting"), 1) << "it is not lost";
}

TEST_F(ReachedByTelegram, ARefusedTokenIsSaid) {
  fs::permissions(path("trust/bot.token"), fs::perms::owner_read | fs::perms::owner_write);
  std::string other = kBotToken;
  other.back() = '1';
  write("trust/bot.token", other + "\n");
  const Outcome outcome = tocsin("trust", {"staff", "linked"});
  EXPECT_EQ(outcome.exit, 7) << outcome.out;
  EXPECT_NE(outcome.out.find("it refuses the bot's token"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find(other.substr(12)), std::string::npos);
}

// Whoever waits hears it when it comes, also where words go and no nudge.
TEST_F(ReachedByTelegram, ANumberAtSignalIsLinkedWhileSomebodyListens) {
  provider::ProviderProcess signal{{"signal_cli"}};
  set_channels("channels:\n",
               fmt::format("channels:\n  - channel: signal\n    account: \"+447700900999\"\n"
                           "    url: {}\n",
                           signal.origin()));
  const std::string code =
      object_in(good({"staff", "invite", "100004", "--channel", "signal", "--json"})).at("code");
  Process listening{words("trust", {"staff", "linked", "--channel", "signal", "--wait", "1h"})};
  for (int tries = 0; tries < 100'000 && signal.control().at("streams") == 0; ++tries) continue;
  signal.control({{"hear", json::array({{{"from", "+447700900777"}, {"message", "LINK-7KQ2"}},
                                        {{"from", "+447700900777"}, {"message", code}}})}});
  EXPECT_TRUE(listening.wait_for("Dan Eley (100004): linked by signal"));
  while (signal.control().at("sent").empty()) continue;
  listening.signal(SIGINT);
  EXPECT_EQ(listening.finish().exit, 0);
  const json sent = signal.control().at("sent");
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent.at(0).at("to"), "+447700900777");
  EXPECT_TRUE(sent.at(0).at("message").get<std::string>().starts_with("Done: St Elsewhere"));
  EXPECT_EQ(contacts("100004").at(1).at("address"), "+447700900777");
}

}  // namespace
}  // namespace tocsin::process
