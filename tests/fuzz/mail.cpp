// What servers of mail give. The first byte says which bytes follow: a mail, the state of a
// mailbox, or a list of mails.
#include "base/fault.h"
#include "base/text.h"
#include "channel/imap_answer.h"
#include "channel/mail/letter.h"
#include "channel/mail/received.h"

using namespace tocsin;

namespace {

void read(base::ByteView bytes) {
  const auto meaning = channel::read_mail(base::text_of(bytes), "hospital.test");
  if (const auto* answer = std::get_if<channel::MailAnswer>(&meaning)) {
    TOCSIN_ASSERT(channel::is_address(answer->from));
    TOCSIN_ASSERT(base::to_lower(answer->from) == answer->from);
    TOCSIN_ASSERT(base::is_utf8(answer->words));
  }
  if (const auto* report = std::get_if<channel::MailReport>(&meaning)) {
    TOCSIN_ASSERT(report->receipt != contact::Receipt::unknown);
    TOCSIN_ASSERT(base::printable(report->reason) == report->reason);
    TOCSIN_ASSERT(report->reason.find('@') == std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const base::ByteView rest{bytes + 1, size - 1};
  switch (bytes[0] % 3) {
    case 0:
      read(rest);
      break;
    case 1:
      if (const auto state = channel::parse_mailbox_state(rest))
        TOCSIN_ASSERT(state->validity > 0 && state->next > 0);
      break;
    default: {
      std::uint32_t before = 0;
      for (const channel::ListedMail& mail : channel::parse_mail_list(rest)) {
        TOCSIN_ASSERT(mail.number > before);
        before = mail.number;
      }
    }
  }
  return 0;
}
