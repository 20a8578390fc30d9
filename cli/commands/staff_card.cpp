// tocsin staff card: prints what staff must know before the night, or a contact for their
// telephones.
#include "command.h"
#include "control/card.h"
#include "input/opening.h"
#include "input/playbook_file.h"
#include "screen/staff/card_view.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class StaffCard final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("playbook", file_, "The playbook, which has the code words")
        ->type_name("PLAYBOOK")
        ->required();
    app.add_flag("--vcard", vcard_, "Print a contact for a telephone, without code words");
  }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const control::Card card =
        control::contact_card(home.settings(), read_playbook(file_).playbook);
    if (vcard_ && !context.json)
      context.out.text(control::vcard(card));
    else
      print_card(context.out, context.form(), card);
    return Exit::done;
  }

 private:
  std::string file_;
  bool vcard_ = false;
};

}  // namespace

std::unique_ptr<Command> make_staff_card() { return std::make_unique<StaffCard>(); }

}  // namespace tocsin::cli
