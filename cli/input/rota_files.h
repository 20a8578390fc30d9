// The files of a rota and how to read them, as `rota import` and `rota diff` are told: what one
// says an import would change is what the other does.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "home/home.h"
#include "input/context.h"
#include "input/mapping_flags.h"
#include "input/options.h"
#include "roster/people/roster.h"
#include "roster/reading/stint_reader.h"
#include "roster/rota/rota.h"

namespace tocsin::cli {

struct TriedImport {
  roster::Roster roster;
  roster::Rota before;
  std::optional<roster::Rota> after;  // nothing when faults or unknown words refuse the import
  roster::ReadRota read;
};

class RotaFiles {
 public:
  void describe(Options& app);
  // Reads all of them and writes nothing.
  TriedImport read(const Context& context, const home::Home& home,
                   const home::Unlocked& keys) const;

 private:
  void revise(TriedImport& tried) const;
  void refuse_lost_changes(roster::ReadRota& read) const;
  void read_into(TriedImport& tried, const roster::Meanings& meanings, base::Instant now) const;

  std::vector<std::string> files_;
  MappingFlags mapping_;
  bool keep_ = false;
  bool skip_unknown_ = false;
  bool skip_unknown_words_ = false;
  bool skip_damaged_ = false;
};

}  // namespace tocsin::cli
