// tocsin unlock: asks for the passphrase once, so that other commands need not ask for a shift.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/instant.h"
#include "command.h"
#include "home/device.h"
#include "home/home.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

class Unlock final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--for", life_, "How long the key is kept: at most 7 days")
        ->type_name("TIME")
        ->capture_default_str();
    app.add_flag("--forget", forget_, "Lock again at once");
  }

  Exit run(Context& context) override {
    const auto life = base::parse_minutes(life_);
    if (!life || *life < base::Minutes{1} || *life > kMost)
      throw Fault(Exit::usage, fmt::format("--for takes a time up to 7 days, not \"{}\"", life_),
                  "for example 45min or 12h");
    return home::DeviceHome::exists(context.home)
               ? run_on(context, home::DeviceHome::open(context.home), *life)
               : run_on(context, home::Home::open(context.home), *life);
  }

 private:
  static constexpr base::Minutes kMost{7 * 24 * 60};

  // Works for the organisation's folder and for a responder's.
  template <class Folder>
  Exit run_on(Context& context, const Folder& folder, base::Minutes life) const {
    home::SessionKeyring keyring;
    if (forget_) {
      const bool was_there = context.dry_run ? false : folder.forget(keyring);
      say(context, nullptr, was_there ? "locked" : "it was locked already");
      return Exit::done;
    }
    if (folder.protection() == seal::Protection::none) {
      say(context, nullptr, "nothing to unlock: the keys here have no passphrase");
      return Exit::done;
    }
    const base::Instant until = context.clock.now() + life;
    if (!context.dry_run)
      folder.keep_unlocked(*home::passphrase_source(context.passphrase_file), keyring, life);
    say(context, base::to_rfc3339(until),
        fmt::format("unlocked until {}; \"tocsin unlock --forget\" ends it",
                    base::local_stamp(until)));
    return Exit::done;
  }

  static void say(Context& context, const nlohmann::json& until, std::string_view words) {
    if (context.json)
      context.out.json({{"unlocked_until", until}});
    else
      context.out.line(words);
  }

  std::string life_ = "12h";
  bool forget_ = false;
};

}  // namespace

std::unique_ptr<Command> make_unlock() { return std::make_unique<Unlock>(); }

}  // namespace tocsin::cli
