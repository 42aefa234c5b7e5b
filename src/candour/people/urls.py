"""Addresses of sign-in, accounts and people. There is none for signing oneself up."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from django.urls import path

from candour.people.views import (
    account,
    addresses,
    administration,
    joining,
    restoring,
    second_factor,
    standing,
)

_SIGN_IN = [
    path("accounts/login/", account_views.login, name="account_login"),
    path("accounts/login/code/", mfa_views.authenticate, name="mfa_authenticate"),
    path("accounts/logout/", account_views.logout, name="account_logout"),
    path("accounts/inactive/", account_views.account_inactive, name="account_inactive"),
    path("accounts/confirm/", account_views.reauthenticate, name="account_reauthenticate"),
    path("accounts/confirm/code/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path(
        "accounts/password/forgotten/", account_views.password_reset, name="account_reset_password"
    ),
    path(
        "accounts/password/forgotten/done/",
        account_views.password_reset_done,
        name="account_reset_password_done",
    ),
    path("join/<str:token>/", joining.personal_link, name="personal_link"),
]

_ACCOUNT = [
    path("account/", account.account, name="account"),
    path("account/stay/", account.stay, name="stay"),
    path("account/password/", account.PasswordChange.as_view(), name="account_change_password"),
    path("account/e-mail/", addresses.email_change, name="email_change"),
    path("account/e-mail/<str:token>/", addresses.email_confirm, name="email_confirm"),
    path("account/second-factor/", second_factor.Enrol.as_view(), name="mfa_activate_totp"),
    path(
        "account/second-factor/needed/",
        second_factor.second_factor_needed,
        name="second_factor_needed",
    ),
    path(
        "account/recovery-codes/",
        second_factor.RecoveryCodes.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/recovery-codes/new/",
        second_factor.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("account/sessions/", account.Sessions.as_view(), name="usersessions_list"),
    path("account/sessions/<int:session_id>/end/", account.session_end, name="session_end"),
    path("resume/<uuid:form_id>/", account.resume, name="resume"),
    path("resume/<uuid:form_id>/discard/", account.resume_discard, name="resume_discard"),
]

_PEOPLE = [
    path("people/", administration.people_list, name="people"),
    path("people/invite/", administration.person_invite, name="person_invite"),
    path("people/standing/", standing.standing, name="standing"),
    path(
        "people/partnerships/<uuid:partnership_id>/region/",
        standing.partnership_region,
        name="partnership_region",
    ),
    path(
        "people/administrators/<uuid:proposal_id>/",
        standing.administrator_decide,
        name="administrator_decide",
    ),
    path("people/<uuid:user_id>/e-mail/", addresses.person_email, name="person_email"),
    path("people/<uuid:user_id>/", administration.person, name="person"),
    path("people/<uuid:user_id>/appoint/", administration.person_appoint, name="person_appoint"),
    path(
        "people/<uuid:user_id>/deactivate/",
        administration.person_deactivate,
        name="person_deactivate",
    ),
    path(
        "people/<uuid:user_id>/reactivate/",
        administration.person_reactivate,
        name="person_reactivate",
    ),
    path("people/<uuid:user_id>/link/", administration.person_link, name="person_link"),
    path("people/<uuid:user_id>/second-factor/", restoring.restoration_ask, name="restoration_ask"),
    path(
        "people/appointments/<uuid:appointment_id>/end/",
        administration.appointment_end,
        name="appointment_end",
    ),
    path("people/second-factors/", restoring.restorations, name="restorations"),
    path(
        "people/second-factors/<uuid:restoration_id>/",
        restoring.restoration_confirm,
        name="restoration_confirm",
    ),
]

urlpatterns = [*_SIGN_IN, *_ACCOUNT, *_PEOPLE]
