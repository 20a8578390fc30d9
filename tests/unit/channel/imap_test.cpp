#include "channel/imap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>

#include "unit/channel/line_service.h"

namespace tocsin::channel {
namespace {

// One mailbox, which says the usual to each command, but what a test sets by how it begins.
class ImapService {
 public:
  void will_say(std::string begins, std::string answer) {
    said_[std::move(begins)] = std::move(answer);
  }
  LineService& lines() { return lines_; }

 private:
  std::optional<std::string> answer(std::string_view line) {
    if (line == LineService::kBegins) return "* OK [CAPABILITY IMAP4rev1] hi\r\n";
    const std::string tag{line.substr(0, line.find(' '))};
    const std::string_view command = line.substr(std::min(line.size(), tag.size() + 1));
    for (const auto& [begins, said] : said_)
      if (command.starts_with(begins))
        return said.empty() ? std::nullopt : std::optional{said + "\r\n" + tag + " OK\r\n"};
    if (command.starts_with("SELECT")) return "* OK [UIDVALIDITY 7] x\r\n" + tag + " OK\r\n";
    if (command.starts_with("LOGIN") && command != "LOGIN me pass") return tag + " NO\r\n";
    return tag + " OK\r\n";
  }

  std::map<std::string, std::string> said_;
  LineService lines_{[this](std::string_view line) { return answer(line); }};
};

class Imap : public testing::Test {
 protected:
  MailServer server(const char* password = "pass") {
    return {*parse_mail_server(service_.lines().origin("imap"), MailProtocol::imap),
            {},
            std::make_shared<const MailLogin>(MailLogin{"me", seal::SecretText{password}})};
  }
  static std::string text(const ImapAnswer& answer) {
    return {answer.body.begin(), answer.body.end()};
  }

  ImapService service_;
};

TEST_F(Imap, GivesTheLinesOfAnAnswer) {
  service_.will_say("STATUS", "* STATUS INBOX (UIDNEXT 3)");
  ImapClient client{server()};
  const ImapAnswer answer = client.ask("", "STATUS INBOX (UIDNEXT)");
  EXPECT_EQ(answer.failure, ImapFailure::none);
  EXPECT_EQ(text(answer), "* STATUS INBOX (UIDNEXT 3)\r\n");
  client.ask("INBOX", "UID FETCH 1:2 (UID INTERNALDATE)");
  EXPECT_EQ(service_.lines().connections(), 1U);
}

TEST_F(Imap, GivesTheBeginningOfEachMail) {
  service_.will_say("UID FETCH 4 BODY[]<0.100>", "* 1 FETCH (UID 4 BODY[]<0> {6}\r\na\r\nb\r\n)");
  service_.will_say("UID FETCH 5 BODY[]<0.100>", "* 2 FETCH (UID 5 BODY[]<0> {3}\r\nfiv)");
  ImapClient client{server()};
  const auto mails = client.fetch("INBOX", 7, {4, 5, 6}, 100);
  EXPECT_EQ(text(mails[0]), "a\r\nb\r\n");
  EXPECT_EQ(text(mails[1]), "fiv");
  EXPECT_EQ(mails[2].failure, ImapFailure::missing);
}

TEST_F(Imap, GivesNoMailOfAMailboxThatWasMadeAnew) {
  ImapClient client{server()};
  EXPECT_EQ(client.fetch("INBOX", 8, {4}, 100).at(0).failure, ImapFailure::missing);
  for (const std::string& line : service_.lines().lines())
    EXPECT_EQ(line.find("FETCH"), std::string::npos);
}

TEST_F(Imap, TellsWhyItCannot) {
  EXPECT_EQ(ImapClient{server("wrong")}.ask("", "NOOP").failure, ImapFailure::login_refused);
  service_.will_say("NOOP", "");
  EXPECT_EQ(ImapClient{server()}.ask("", "NOOP").failure, ImapFailure::unreachable);
  service_.will_say("UID FETCH", "* 1 FETCH (BODY[]<0> {500}\r\n" + std::string(500, 'x') + ")");
  const auto mails = ImapClient{server()}.fetch("INBOX", 7, {1, 2, 3, 4, 5}, 100);
  EXPECT_EQ(mails.at(0).failure, ImapFailure::damaged);      // longer than was asked for
  EXPECT_EQ(mails.at(4).failure, ImapFailure::interrupted);  // not tried
}

}  // namespace
}  // namespace tocsin::channel
