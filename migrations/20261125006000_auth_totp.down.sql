drop table recovery_codes;
drop table user_totp;
