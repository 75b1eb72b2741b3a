//! Every address of the site, in one list.

use actix_web::guard::{Any, Get, Head};
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Resource, Responder};

use crate::{api, assets, git, pages};

/// Adds every route. The addresses of cards come last: they take any path that nothing else took.
pub fn configure(app: &mut ServiceConfig) {
    app.service(read("/", pages::home::show))
        .service(read("/recherche", pages::search::show))
        .service(read("/recherche.atom", pages::search::atom))
        .service(read("/recherche.csv", pages::search::csv))
        .service(read("/suggest", pages::machines::suggest))
        .service(read("/commencer", pages::begin::show))
        .service(read("/parcourir", pages::browse::show))
        .service(read("/comparer", pages::side_by_side::show))
        .service(read("/territoires/completer", pages::territory::complete))
        .service(read("/territoires/insee/{code}", pages::territory::commune))
        .service(read("/territoires/siren/{siren}", pages::territory::epci))
        .service(read(
            "/territoires/departement/{code}",
            pages::territory::department,
        ))
        .service(read("/territoires/region/{code}", pages::territory::region))
        .service(read("/carte", pages::map::show))
        .service(read("/carte.geojson", pages::map::geojson))
        .service(read("/doublons", pages::duplicates::list))
        .service(form(
            "/doublons/comparer",
            pages::duplicates::compare,
            pages::duplicates::settle,
        ))
        .service(read("/bilan", pages::annual::latest))
        .service(read("/bilan/{year}", pages::annual::show))
        .service(read("/grille", pages::grid::show))
        .service(read("/grille.csv", pages::grid::csv))
        .service(read("/grille.json", pages::grid::json))
        .service(read("/retours", pages::reports::show))
        .service(read("/retours.csv", pages::reports::csv))
        .service(read("/retours.jsonl", pages::reports::json_lines))
        .service(read("/retours.jsonld", pages::reports::json_ld))
        .service(read("/a-propos", pages::about::show))
        .service(form(
            "/a-propos/regles",
            pages::rules::show,
            pages::rules::send,
        ))
        .service(web::resource("/langue").route(web::post().to(pages::about::choose_language)))
        .service(read("/static/{name}", assets::show))
        .service(read("/favicon.ico", assets::favicon))
        .service(read("/robots.txt", pages::machines::robots))
        .service(read("/sitemap.xml", pages::machines::sitemap))
        .service(read("/opensearch.xml", pages::machines::opensearch))
        .service(read("/healthz", pages::machines::healthy))
        .service(read("/readyz", pages::machines::ready))
        .configure(git::routes)
        .configure(api::routes)
        .service(form(
            "/connexion",
            pages::sign_in::ask,
            pages::sign_in::send,
        ))
        .service(read("/connexion/envoye", pages::sign_in::sent))
        .service(act("/connexion/avec/{provider}", pages::sign_in::leave_for))
        // It acts, once, on what a provider says through the browser: never for `HEAD`.
        .service(
            web::resource("/connexion/retour/{provider}")
                .route(web::get().to(pages::sign_in::come_back)),
        )
        .service(form(
            "/connexion/{token}",
            pages::sign_in::confirm,
            pages::sign_in::enter,
        ))
        .service(act("/deconnexion", pages::sign_in::leave))
        .service(form("/compte", pages::account::show, pages::account::save))
        .service(form(
            "/compte/bienvenue",
            pages::account::welcome,
            pages::account::save_welcome,
        ))
        .service(act(
            "/compte/deconnexion-partout",
            pages::account::leave_everywhere,
        ))
        .service(act(
            "/compte/entrer/{provider}",
            pages::sign_in::leave_to_link,
        ))
        .service(act("/compte/entrer/{id}/retirer", pages::account::unlink))
        .service(act("/compte/jetons", pages::account::create_token))
        .service(act(
            "/compte/jetons/{id}/revoquer",
            pages::account::revoke_token,
        ))
        .service(act("/compte/sessions/autres", pages::account::end_others))
        .service(act(
            "/compte/sessions/{id}/terminer",
            pages::account::end_session,
        ))
        .service(read("/compte/donnees", pages::account::own_data))
        .service(form(
            "/compte/supprimer",
            pages::account::ask_delete,
            pages::account::delete,
        ))
        .service(read("/compte/supprime", pages::account::deleted))
        .service(act("/compte/nom", pages::account::hide_name))
        .service(act(
            "/compte/brouillons/abandonner",
            pages::edit::draft::abandon,
        ))
        .service(read("/compte/avis", pages::notices::show))
        .service(act("/compte/suivis", pages::notices::watch))
        .service(form(
            "/avis/arreter/{token}",
            pages::notices::look_at_stop,
            pages::notices::stop_letters,
        ))
        .service(read("/administration", pages::administration::list))
        .service(read(
            "/administration/journal",
            pages::administration::journal,
        ))
        .service(act(
            "/administration/lecture-seule",
            pages::administration::switch_read_only,
        ))
        .service(act(
            "/administration/invitations",
            pages::administration::invite,
        ))
        .service(act(
            "/administration/invitations/retirer",
            pages::administration::withdraw_invitation,
        ))
        .service(read(
            "/administration/comptes/{id}",
            pages::administration::account,
        ))
        .service(act(
            "/administration/comptes/{id}/role",
            pages::administration::set_role,
        ))
        .service(act(
            "/administration/comptes/{id}/suspension",
            pages::administration::suspend,
        ))
        .service(form(
            "/nouvelle-fiche",
            pages::new_card::show,
            pages::new_card::send,
        ))
        .service(read("/moderation", pages::moderation::show))
        .service(act(
            "/moderation/commentaires/{id}",
            pages::moderation::comment,
        ))
        .service(act(
            "/moderation/propositions/{number}",
            pages::moderation::proposal,
        ))
        .service(act("/moderation/remarques/{id}", pages::moderation::remark))
        .service(act("/moderation/adresses", pages::moderation::address))
        .service(read("/commentaires", pages::comments::latest))
        .service(read("/commentaires.jsonl", pages::comments::export))
        .service(read("/personnes", pages::credited::show))
        .service(read("/propositions", pages::proposals::desk))
        .service(read("/propositions/suggestion", pages::suggestion::show))
        .service(form(
            "/propositions/confirmer/{token}",
            pages::suggestion::look,
            pages::suggestion::confirm,
        ))
        .service(read("/propositions/{number}", pages::proposals::show))
        .service(form(
            "/propositions/{number}/conflit",
            pages::proposals::show_conflict,
            pages::proposals::settle_conflict,
        ))
        .service(form(
            "/propositions/{number}/modifier/{path:.+}",
            pages::edit::show_revision,
            pages::edit::send_revision,
        ))
        .service(read(
            "/propositions/{number}/fichiers/{file:.+}",
            pages::media::proposed,
        ))
        .service(act(
            "/propositions/{number}/relire",
            pages::proposals::review,
        ))
        .service(act(
            "/propositions/{number}/publier",
            pages::proposals::publish,
        ))
        .service(act(
            "/propositions/{number}/refuser",
            pages::proposals::decline,
        ))
        .service(act(
            "/propositions/{number}/retirer",
            pages::proposals::withdraw,
        ))
        .service(act(
            "/propositions/{number}/remarques",
            pages::proposals::remark,
        ))
        .service(act(
            "/propositions/{number}/remarques/{id}/regler",
            pages::proposals::settle_thread,
        ))
        .service(form(
            "/essais/nouveau",
            pages::try_out::show,
            pages::try_out::send,
        ))
        .service(read("/essais/envoye", pages::try_out::sent))
        .service(form(
            "/essais/{token}",
            pages::try_out::show_own,
            pages::try_out::act,
        ))
        .service(form(
            "/essais/{token}/completer/photos",
            pages::try_out::show_attachments,
            pages::try_out::attach,
        ))
        .service(act(
            "/essais/{token}/completer/photos/{id}",
            pages::try_out::change_attachment,
        ))
        .service(read(
            "/essais/{token}/pieces/{id}",
            pages::try_out::own_attachment,
        ))
        .service(form(
            "/essais/{token}/completer/{step}",
            pages::try_out::show_step,
            pages::try_out::save_step,
        ))
        .service(read(
            "/moderation/essais/{id}/pieces/{piece}",
            pages::try_out::moderated_attachment,
        ))
        .service(form(
            "/moderation/essais/{id}",
            pages::try_out::look,
            pages::try_out::decide,
        ))
        // The actions of a card, then the card itself.
        .service(form(
            "/{path:.+}/commentaires",
            pages::comments::show,
            pages::comments::send,
        ))
        .service(act(
            "/{path:.+}/commentaires/intendance",
            pages::comments::tell_stewards,
        ))
        .service(act(
            "/{path:.+}/commentaires/{id}/reprendre",
            pages::comments::rewrite,
        ))
        .service(act(
            "/{path:.+}/commentaires/{id}/supprimer",
            pages::comments::delete,
        ))
        .service(act(
            "/{path:.+}/commentaires/{id}/signaler",
            pages::comments::report,
        ))
        .service(act(
            "/{path:.+}/commentaires/{id}/fermer",
            pages::comments::close,
        ))
        .service(act("/{path:.+}/utile", pages::comments::useful))
        .service(read("/{path:.+}/historique", pages::history::list))
        .service(form(
            "/{path:.+}/modifier",
            pages::edit::show,
            pages::edit::send,
        ))
        .service(act("/{path:.+}/conflit", pages::conflict::settle))
        .service(form(
            "/{path:.+}/renommer",
            pages::rename::show,
            pages::rename::send,
        ))
        .service(form(
            "/{path:.+}/archiver",
            pages::archive::show,
            pages::archive::send,
        ))
        .service(form(
            "/{path:.+}/versions/{commit}/restaurer",
            pages::restore::show,
            pages::restore::send,
        ))
        .service(form(
            "/{path:.+}/versions/{commit}/annuler",
            pages::undo::show,
            pages::undo::send,
        ))
        .service(read(
            "/{path:.+}/versions/{commit}",
            pages::history::version,
        ))
        .service(read("/{path:.+}/comparer", pages::compare::show))
        .service(read("/{path:.+}/attribution", pages::attribution::show))
        .service(read("/{path:.+}", pages::card::show));
}

/// Returns a resource that is read: `GET` and `HEAD`.
pub fn read<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path).route(web::route().guard(Any(Get()).or(Head())).to(handler))
}

/// Returns a resource that shows a form and takes it back: `GET`, `HEAD` and `POST`.
pub fn form<F, FArgs, G, GArgs>(path: &str, show: F, send: G) -> Resource
where
    F: Handler<FArgs>,
    FArgs: FromRequest + 'static,
    F::Output: Responder + 'static,
    G: Handler<GArgs>,
    GArgs: FromRequest + 'static,
    G::Output: Responder + 'static,
{
    read(path, show).route(web::post().to(send))
}

/// Returns a resource that only acts: `POST`.
pub fn act<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path).route(web::post().to(handler))
}
