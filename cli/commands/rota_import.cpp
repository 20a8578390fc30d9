// tocsin rota import: imports a rota from CSV and iCalendar files, completely or not at all.
#include <optional>

#include "command.h"
#include "control/people.h"
#include "input/opening.h"
#include "input/rota_files.h"
#include "screen/staff/import_view.h"
#include "seal/entropy.h"

namespace tocsin::cli {

namespace {

using base::Exit;

class RotaImport final : public Command {
 public:
  void describe(Options& app) override { files_.describe(app); }

  Exit run(Context& context) override {
    const home::Home home = open_home(context);
    const home::Unlocked keys = unlock(context, home);
    std::optional<base::FileLock> held;
    if (!context.dry_run) held = control::hold_people(home);
    const TriedImport tried = files_.read(context, home, keys);
    if (!tried.after) {
      print_refused_rota(context.out, context.form(), tried.read);
      return Exit::invalid;
    }
    if (held) {
      seal::Entropy random;
      control::write_rota(home, keys.store, *tried.after, random, *held);
    }
    print_imported_rota(context.out, context.form(), *tried.after, tried.read, tried.roster,
                        context.dry_run ? Done::only_tried : Done::yes);
    return Exit::done;
  }

 private:
  RotaFiles files_;
};

}  // namespace

std::unique_ptr<Command> make_rota_import() { return std::make_unique<RotaImport>(); }

}  // namespace tocsin::cli
