//! Reading questionnaires.
