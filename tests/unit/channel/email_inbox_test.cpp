#include "channel/email_inbox.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <optional>

#include "channel/mail/letter.h"
#include "unit/channel/line_service.h"

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

const base::Instant kMailboxNight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 22h +
                                  40min};

// A mailbox with answers to one mail of ours, of which a test says the server's dates.
class EmailMailbox : public testing::Test {
 protected:
  std::optional<std::string> answer(std::string_view line) {
    if (line == LineService::kBegins) return "* OK [CAPABILITY IMAP4rev1] hi\r\n";
    const std::string tag{line.substr(0, line.find(' '))};
    const std::string_view command = line.substr(std::min(line.size(), tag.size() + 1));
    std::string said;
    if (command.starts_with("STATUS"))
      said = fmt::format("* STATUS INBOX (UIDNEXT {} UIDVALIDITY 7)\r\n", dates_.size() + 1);
    if (command.starts_with("SELECT")) said = "* OK [UIDVALIDITY 7] x\r\n";
    if (command.ends_with("INTERNALDATE)"))
      for (std::size_t i = 0; i < dates_.size(); ++i)  // also those that were not asked for
        said += fmt::format("* {} FETCH (UID {} INTERNALDATE \"{}\")\r\n", i + 1, i + 1, dates_[i]);
    if (command.find("BODY[]") != std::string_view::npos) {
      const std::string mail = fmt::format("From: ana@h.test\r\nIn-Reply-To: <{}>\r\n\r\nY 20\r\n",
                                           message_id_at(seal::MessageId{}, "hospital.test"));
      said = fmt::format("* 1 FETCH (UID 1 BODY[]<0> {{{}}}\r\n{})\r\n", mail.size(), mail);
    }
    return said + tag + " OK\r\n";
  }
  Polling::Asked ask() { return inbox().ask(); }
  EmailInbox& inbox() {
    if (!inbox_)
      inbox_.emplace(
          MailServer{*parse_mail_server(service_.origin("imap"), MailProtocol::imap),
                     {},
                     std::make_shared<const MailLogin>(MailLogin{"me", seal::SecretText{"pass"}})},
          "hospital.test", clock_);
    return *inbox_;
  }

  base::VirtualClock clock_{kMailboxNight};
  std::vector<std::string> dates_;
  LineService service_{[this](std::string_view line) { return answer(line); }};
  std::optional<EmailInbox> inbox_;
};

TEST_F(EmailMailbox, DatesAMailByTheServerAfterAStart) {
  dates_ = {"21-Nov-2026 22:39:59 +0000", "22-Nov-2026 22:30:00 +0000",
            "22-Nov-2026 22:50:00 +0000"};
  const auto said = ask().collected.said;
  ASSERT_EQ(said.size(), 2U);  // of the last day
  EXPECT_EQ(said[0].at, kMailboxNight - 10min);
  EXPECT_EQ(said[1].at, kMailboxNight);  // never ahead
  EXPECT_EQ(said[0].about, seal::MessageId{});
  EXPECT_NE(said[0].id, said[1].id);  // without a Message-ID by their numbers
}

// A server's clock that is wrong makes no answer older than the mail that it answers.
TEST_F(EmailMailbox, DatesAMailBetweenTwoLooks) {
  EXPECT_TRUE(ask().collected.said.empty());
  clock_.advance(10s);
  dates_ = {"22-Nov-2026 21:00:00 +0000", "22-Nov-2026 22:40:05 +0000",
            "23-Nov-2026 02:00:00 +0000"};
  const auto said = ask().collected.said;
  ASSERT_EQ(said.size(), 3U);
  EXPECT_EQ(said[0].at, kMailboxNight);
  EXPECT_EQ(said[1].at, kMailboxNight + 5s);
  EXPECT_EQ(said[2].at, kMailboxNight + 10s);
}

TEST_F(EmailMailbox, IsLookedAtLessOftenTheLongerNothingIsSent) {
  EXPECT_EQ(ask().pause, 5s);
  clock_.advance(1h);
  EXPECT_EQ(ask().pause, 1min);
  clock_.advance(23h);
  EXPECT_EQ(ask().pause, 5min);
  inbox().expect();
  EXPECT_EQ(ask().pause, 5s);
}

}  // namespace
}  // namespace tocsin::channel
