#include "journal/mandate.h"

#include <fmt/format.h>

#include "base/fault.h"
#include "base/text.h"

namespace tocsin::journal {

void check_mandate(const seal::Certificate& author, base::Instant at) {
  if (seal::is_in_force(author, at)) return;
  throw base::Fault(
      base::Exit::fault,
      fmt::format("this machine's clock says {}, and the certificate of {} is in force from "
                  "{} to {}",
                  base::local_stamp(at), base::printable(author.name),
                  base::local_stamp(author.issued), base::local_stamp(author.expires)),
      "nothing was recorded: set the clock right; if it is right, the organisation has to "
      "certify the coordinator anew");
}

}  // namespace tocsin::journal
