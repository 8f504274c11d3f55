alter table invitations drop column asked_with;
