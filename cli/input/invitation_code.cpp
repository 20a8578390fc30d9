#include "input/invitation_code.h"

#include <fmt/format.h>

#include <utility>

#include "base/fault.h"
#include "base/file.h"

namespace tocsin::cli {

roster::Invitation read_invitation(const std::string& code, base::Instant now) {
  constexpr std::size_t kLargestCode = 4'096;
  auto invitation = roster::invitation_from_code(
      code == "-" ? base::read_file("/dev/stdin", kLargestCode) : code);
  if (!invitation)
    throw base::Fault(base::Exit::untrusted, "this is no invitation, or a letter of it is wrong",
                      "copy all of it, from \"tocsin-invite:\" to its end");
  if (now >= invitation->expires())
    throw base::Fault(
        base::Exit::untrusted,
        fmt::format("this invitation expired at {}", base::local_stamp(invitation->expires())),
        "ask for a new one");
  return *std::move(invitation);
}

}  // namespace tocsin::cli
