// tocsin init: makes an organisation's folder, its keys and its first coordinator.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "home/home.h"
#include "seal/entropy.h"
#include "seal/words.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

seal::Role tier_of(const std::string& word) {
  if (word == "strategic") return seal::Role::strategic;
  return word == "tactical" ? seal::Role::tactical : seal::Role::operational;
}

class Init final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--organisation", founding_.organisation, "Its name, as staff know it")
        ->type_name("NAME")
        ->required();
    app.add_option("--coordinator", founding_.coordinator, "The first person who may call staff in")
        ->type_name("NAME")
        ->required();
    app.add_option("--tier", tier_, "The coordinator's tier of command")
        ->one_of({"strategic", "tactical", "operational"})
        ->capture_default_str();
    app.add_option("--site", founding_.site, "The site's ODS code")->type_name("CODE");
    app.add_option("--relay", relay_, "The relay that carries messages to phones")
        ->type_name("URL");
    app.add_flag("--no-passphrase", without_passphrase_,
                 "Leave the keys in the clear: for drills and tests only");
  }

  Exit run(Context& context) override {
    if (!context.dry_run) home::Home::finish_killed(context.home);
    if (home::Home::exists(context.home)) return already(context);
    founding_.tier = tier_of(tier_);
    if (!relay_.empty()) founding_.relay = home::Relay{relay_, {}};
    if (without_passphrase_) founding_.protection = seal::Protection::none;
    if (context.dry_run) {
      context.out.line(fmt::format("would make \"{}\" in {}",
                                   base::printable(founding_.organisation), context.home.string()));
      return Exit::done;
    }
    const home::Passphrase passphrase =
        without_passphrase_ ? home::Passphrase{{}}
                            : home::passphrase_source(context.passphrase_file)
                                  ->ask_new("the keys of " + founding_.organisation);
    seal::Entropy random;
    print(context,
          home::Home::create(context.home, founding_, passphrase.text(), random, context.clock));
    return Exit::done;
  }

 private:
  Exit already(Context& context) const {
    const home::Home home = home::Home::open(context.home);
    if (home.settings().organisation != founding_.organisation)
      throw Fault(Exit::fault,
                  fmt::format("{} is the home of \"{}\"", context.home.string(),
                              home.settings().organisation),
                  "name another folder with --home; nothing was changed");
    context.out.note(fmt::format("{} was made before; nothing was changed", home.path().string()));
    print(context, home);
    return Exit::done;
  }

  static void print(Context& context, const home::Home& home) {
    const std::string words = seal::fingerprint_words(home.organisation());
    const bool is_protected = home.protection() == seal::Protection::passphrase;
    const seal::Certificate& certificate = home.certificate();
    if (context.json) {
      context.out.json({{"home", home.path().string()},
                        {"organisation", home.settings().organisation},
                        {"fingerprint", words},
                        {"coordinator",
                         {{"name", certificate.name},
                          {"tier", seal::to_text(certificate.role)},
                          {"fingerprint", seal::fingerprint_words(certificate.subject)},
                          {"until", base::to_rfc3339(certificate.expires)}}},
                        {"passphrase", is_protected}});
      return;
    }
    Output& out = context.out;
    out.line(fmt::format("organisation  {}", home.settings().organisation));
    out.line(fmt::format("fingerprint   {}", out.paint(Paint::bold, words)));
    out.line(
        fmt::format("coordinator   {} ({})", certificate.name, seal::to_text(certificate.role)));
    out.line(fmt::format("home          {}{}", home.path().string(),
                         is_protected ? "" : ", keys without a passphrase"));
    out.line(
        "\n"
        "Next:\n"
        "  1. Copy organisation.key to two places that are locked. Losing it means enrolling\n"
        "     everyone again. It is needed to enrol staff and to certify, not to call them in.\n"
        "  2. Bring your staff in: tocsin staff import --help\n"
        "  3. Read a playbook, adapt it, check it: tocsin check FILE\n"
        "  4. Before you rely on it: tocsin doctor");
  }

  home::Founding founding_;
  std::string tier_ = "strategic";
  std::string relay_;
  bool without_passphrase_ = false;
};

}  // namespace

std::unique_ptr<Command> make_init() { return std::make_unique<Init>(); }

}  // namespace tocsin::cli
