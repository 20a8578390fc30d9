#include "respond.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "home/keyring.h"
#include "home/passphrase.h"
#include "screen/letter.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

}  // namespace

void add_spool_option(Options& app, std::string& folder) {
  app.add_option("--spool", folder, "Over the spool in this folder instead of the relay")
      ->type_name("FOLDER");
}

device::Terminal open_terminal(const Context& context, const std::string& spool) {
  home::DeviceHome home = home::DeviceHome::open(context.home);
  home::SessionKeyring keyring;
  seal::Identity identity = home.unlock(*home::passphrase_source(context.passphrase_file), keyring);
  const auto forget =
      context.dry_run ? device::Forget::nothing : device::Forget::what_may_not_be_kept;
  return {std::move(home), std::move(identity), spool, context.clock, forget};
}

base::Instant arrival_in(const Context& context, const std::string& eta) {
  const auto minutes = base::parse_minutes(eta);
  if (!minutes)
    throw Fault(Exit::usage,
                fmt::format("--eta takes minutes until you are there, not \"{}\"", eta),
                "for example 25 or 1h30");
  return context.clock.now() + *minutes;
}

Exit send_answer(Context& context, device::Terminal& terminal, const device::OpenLetter& letter,
                 const incident::Reply& reply) {
  if (terminal.has_ended(letter))
    throw Fault(
        Exit::invalid,
        fmt::format("{} has ended: it takes no answer", base::printable(letter.notice.incident)),
        "\"tocsin respond inbox\" shows whether you are needed elsewhere");
  const std::string words = words_of(reply.when, reply.answer);
  if (context.dry_run) {
    context.out.line(fmt::format("would say \"{}\" to message {}", words, letter.letter.number));
    return Exit::done;
  }
  const channel::Delivery delivery = terminal.answer(letter, reply);
  if (delivery.receipt > contact::Receipt::read) {
    const bool for_good = delivery.receipt == contact::Receipt::failed_for_good;
    throw Fault(for_good ? Exit::untrusted : Exit::unreachable,
                fmt::format("the answer was not sent: {}", delivery.reason),
                "say it again, or telephone: the number is on your call-in card");
  }
  if (context.json) {
    nlohmann::json object = {{"number", letter.letter.number},
                             {"message", to_text(letter.header.id)},
                             {"realness", letter.is_real() ? "real" : "exercise"},
                             {"answer", incident::to_text(reply.answer)},
                             {"answer_time", nullptr}};
    if (reply.when) object["answer_time"] = base::to_rfc3339(*reply.when);
    context.out.json(object);
  } else {
    context.out.line(fmt::format("{}: {}", letter.is_real() ? "REAL INCIDENT" : "EXERCISE", words));
  }
  return Exit::done;
}

}  // namespace tocsin::cli
