// tocsin staff enrolled: shows the devices that may answer, and accepts those that wait.
#include <fmt/format.h>

#include "command.h"
#include "control/accepting.h"
#include "input/opening.h"
#include "screen/staff/device_list.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

class StaffEnrolled final : public Command {
 public:
  void describe(Options& app) override {
    app.add_flag("--accept", accept_, "List every device that waits as a member");
    app.add_option("--words", words_, "Accept only the device with these six words")
        ->type_name("WORDS");
    app.add_option("--wait", wait_, "Go on for this long, and accept devices as they come")
        ->type_name("TIME");
    app.add_flag("--reviewed", reviewed_,
                 "Record that the list was gone through today and is right");
    app.add_flag("--all", all_, "Also show revoked devices");
  }

  Exit run(Context& context) override {
    const base::Minutes wait = time_to_wait();
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    const control::AcceptingTerms terms = terms_for(context, home);
    control::Accepting accepting{home, keys, context.clock,
                                 [&] { return unlock_organisation(context, home); }};
    const auto print = [&](const control::Looked& looked) {
      print_device_list(context.out, context.form(), looked,
                        all_ ? Revoked::shown : Revoked::left_out,
                        terms.accepts ? Arrivals::accepted : Arrivals::waiting);
    };
    const auto say_untold = [&](const control::Looked& looked) {
      for (const std::string& why : looked.untold) context.out.note(why);
    };

    const control::Looked first = accepting.look(terms);
    say_untold(first);
    print(first);
    if (context.dry_run) return Exit::done;
    const std::string trouble = accepting.wait(
        terms, context.clock.now() + wait,
        [&](const control::Looked& looked) {
          say_untold(looked);
          if (!looked.waiting.devices.empty()) print(looked);
        },
        [&](const std::string& why) { context.out.note(why + "; it is asked again"); });
    return trouble.empty() ? Exit::done : Exit::unreachable;
  }

 private:
  base::Minutes time_to_wait() const {
    const auto wait = wait_.empty() ? base::Minutes{0} : base::parse_minutes(wait_);
    if (!wait || *wait > std::chrono::days{7})
      throw Fault(Exit::usage, fmt::format("\"{}\" is no time to wait", wait_), "1min to 168h");
    if (!wait_.empty() && !words_.empty())
      throw Fault(Exit::usage, "--words is for one device, and --wait for all that come");
    return *wait;
  }

  control::AcceptingTerms terms_for(const Context& context, const home::Home& home) const {
    control::AcceptingTerms terms;
    terms.accepts =
        accept_ || !words_.empty() || home.settings().enrolment == home::Acceptance::automatic;
    if (!wait_.empty() && !terms.accepts)
      throw Fault(Exit::usage, "--wait accepts devices as they come",
                  "give --accept, or set enrolment: automatic in tocsin.yaml");
    terms.insists = accept_ || !words_.empty() || !wait_.empty();
    terms.words = words_;
    terms.reviews = reviewed_ && !context.dry_run;
    terms.accepts = terms.accepts && !context.dry_run;
    return terms;
  }

  std::string words_;
  std::string wait_;
  bool accept_ = false;
  bool reviewed_ = false;
  bool all_ = false;
};

}  // namespace

std::unique_ptr<Command> make_staff_enrolled() { return std::make_unique<StaffEnrolled>(); }

}  // namespace tocsin::cli
