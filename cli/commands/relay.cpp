// tocsin relay: runs the mailbox server until it is told to stop.
#include <fmt/format.h>
#include <signal.h>

#include <nlohmann/json.hpp>

#include "base/fault.h"
#include "command.h"
#include "input/opening.h"
#include "input/relay_flags.h"
#include "relay/server.h"
#include "seal/entropy.h"
#include "wire/hooked.h"
#include "wire/organisation.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class Relay final : public Command {
 public:
  void describe(Options& app) override {
    flags_.describe(app);
    app.add_flag("--show-organisation", show_,
                 "Print this home's KEY for --organisation, and stop");
    app.add_option("--show-hook", shown_hook_,
                   "Print the KEY of this hook, made when there is none yet, and stop")
        ->type_name("NAME");
  }

  Exit run(Context& context) override {
    if (show_)
      return show(context, "organisation", wire::to_text(organisation_of(open_home(context))));
    if (!shown_hook_.empty()) return show(context, "key", hook_key(context));
    relay::ServerSettings settings = flags_.settings(context);
    settings.log = [&context](std::string_view line) { context.out.note(line); };
    if (context.dry_run) {
      context.out.line(fmt::format(
          "would serve {} on {}, keeping mailboxes in {}",
          settings.organisations.size() == 1 ? "one organisation" : "several organisations",
          flags_.listen(), settings.store.string()));
      return Exit::done;
    }

    // Block the signals here. The server's thread inherits that, so only sigwait gets them.
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGINT);
    sigaddset(&stops, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stops, nullptr);

    relay::Server server{std::move(settings), context.clock};
    server.start();
    tell(context, server);
    int heard = 0;
    sigwait(&stops, &heard);
    server.stop();
    context.out.note("the relay has stopped; what it holds is in its store");
    return Exit::done;
  }

 private:
  void tell(Context& context, const relay::Server& server) const {
    if (context.json) {
      nlohmann::json ready{{"url", server.url()}, {"port", server.port()}};
      if (!server.pin().empty()) ready["pin"] = server.pin();
      if (flags_.has_metrics()) ready["metrics_port"] = server.overseers_port();
      context.out.json(ready);
    } else {
      context.out.line(fmt::format("relay ready at {}", server.url()));
      if (!server.pin().empty()) context.out.note(fmt::format("its key is {}", server.pin()));
    }
    context.out.flush();
  }

  std::string hook_key(Context& context) const {
    if (!wire::is_hook_name(shown_hook_))
      throw base::Fault(Exit::usage,
                        fmt::format("\"{}\" cannot be the name of a hook", shown_hook_),
                        "at most 32 of a to z, 0 to 9 and hyphens, beginning with a letter");
    seal::Entropy random;
    return wire::to_text(open_home(context).hook_identity(shown_hook_, random));
  }

  static Exit show(Context& context, const char* what, const std::string& key) {
    if (context.json)
      context.out.json({{what, key}});
    else
      context.out.line(key);
    return Exit::done;
  }

  RelayFlags flags_;
  bool show_ = false;
  std::string shown_hook_;
};

}  // namespace

std::unique_ptr<Command> make_relay() { return std::make_unique<Relay>(); }

}  // namespace tocsin::cli
