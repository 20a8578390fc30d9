#include "channel/imap_answer.h"

#include <gtest/gtest.h>

namespace tocsin::channel {
namespace {

using namespace std::chrono_literals;

std::optional<MailboxState> state(std::string_view text) {
  return parse_mailbox_state(base::bytes_of(text));
}
std::vector<ListedMail> mails(std::string_view text) {
  return parse_mail_list(base::bytes_of(text));
}

TEST(ImapAnswer, SaysTheStateOfAMailbox) {
  EXPECT_EQ(state("* STATUS INBOX (UIDNEXT 12 UIDVALIDITY 7)\r\n"), (MailboxState{7, 12}));
  EXPECT_EQ(
      state("* OK hi\r\n* STATUS \"INBOX\" (MESSAGES 3 UIDVALIDITY 4294967295 UIDNEXT 1)\r\n"),
      (MailboxState{4294967295, 1}));
  for (const char* text :
       {"", "* STATUS INBOX (UIDNEXT 12)\r\n", "* STATUS INBOX (UIDNEXT 0 UIDVALIDITY 7)\r\n",
        "* STATUS INBOX (UIDNEXT 4294967296 UIDVALIDITY 7)\r\n", "* LIST (UIDNEXT 1 UIDVALIDITY 1)",
        "* STATUS INBOX (UIDNEXT -1 UIDVALIDITY 7)\r\n", "\xff\xff"})
    EXPECT_FALSE(state(text)) << text;
}

TEST(ImapAnswer, ListsMailsByNumber) {
  const auto all = mails(
      "* 2 FETCH (UID 12 INTERNALDATE \"22-Nov-2026 22:40:00 +0000\")\r\n"
      "* 1 FETCH (INTERNALDATE \" 1-Jan-2027 00:30:01 +0100\" UID 11)\r\n"
      "* 2 FETCH (UID 12 INTERNALDATE \"22-Nov-2026 22:40:00 +0000\")\r\n"
      "* 3 FETCH (FLAGS (\\Seen))\r\n* 3 EXISTS\r\nUID 13\r\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].number, 11U);
  EXPECT_EQ(base::to_rfc3339(all[0].received), "2026-12-31T23:30:01.000Z");
  EXPECT_EQ(all[1].number, 12U);
  EXPECT_EQ(base::to_rfc3339(all[1].received), "2026-11-22T22:40:00.000Z");
}

TEST(ImapAnswer, ListsNoMailWithoutATime) {
  for (const char* date :
       {"", "22-Nov-2026", "22-Nov-2026 22:40:00 +00000", "99-Nov-2026 22:40:00 +0000",
        "22-Nox-2026 22:40:00 +0000", "22-Nov-2026 22:40:00 *0000"})
    EXPECT_TRUE(mails(std::string{"* 1 FETCH (UID 1 INTERNALDATE \""} + date + "\")\r\n").empty())
        << date;
}

}  // namespace
}  // namespace tocsin::channel
