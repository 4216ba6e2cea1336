/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Another model for the same desk: where the user is, what is tagged and what
 * the cursor is on stay, as far as the other model has them.
 */
#pragma once

struct desk;
struct desk_place;
struct model;

/* TO is shown from now on; the desk's model, which must still be there, no
 * longer. */
void exchange_model(struct desk *desk, struct model *to);

/* A place about a process or a file that was not there: looks again. */
void exchange_look_again(struct desk *desk, struct desk_place *place);
