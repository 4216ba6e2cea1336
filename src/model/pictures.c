/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/pictures.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <utlist.h>

#include "base/xalloc.h"

#define HIST_BYTES (EVENT_HIST_SLOTS * sizeof(uint64_t))

void pictures_init(struct pictures *pictures, size_t limit_bytes)
{
	*pictures = (struct pictures){.limit_bytes = limit_bytes, .serial = 1};
}

static size_t bytes_of(const struct picture_image *image)
{
	return sizeof(*image) + (image->hist ? HIST_BYTES : 0);
}

static void free_image(struct pictures *pictures, struct picture_image *image)
{
	pictures->used_bytes -= bytes_of(image);
	free(image->hist);
	free(image);
}

static void forget_images(struct pictures *pictures, struct picture *picture)
{
	struct picture_image *image = picture->images;
	HASH_CLEAR(hh, picture->images);
	while (image) {
		struct picture_image *next = image->hh.next;
		free_image(pictures, image);
		image = next;
	}
}

static struct picture_image *find_in(const struct picture *picture,
				     enum row_kind kind, uint64_t id)
{
	const struct picture_key key = {.kind = kind, .id = id};
	struct picture_image *image = NULL;
	HASH_FIND(hh, picture->images, &key, sizeof(key), image);
	return image;
}

static void remove_picture(struct pictures *pictures, struct picture *picture)
{
	DL_DELETE(pictures->list, picture);
	pictures->used_bytes -= sizeof(*picture);
	pictures->regular -= picture->regular;
	free(picture);
}

/* Of an object that both have the earlier image is right for both times. */
static void hand_over(struct pictures *pictures, struct picture *from,
		      struct picture *to)
{
	struct picture_image *image = from->images;
	HASH_CLEAR(hh, from->images);
	while (image) {
		struct picture_image *next = image->hh.next;
		if (find_in(to, (enum row_kind)image->key.kind, image->key.id))
			free_image(pictures, image);
		else
			HASH_ADD(hh, to->images, key, sizeof(image->key),
				 image);
		image = next;
	}
}

void pictures_drop(struct pictures *pictures, struct picture *picture)
{
	bool oldest = picture == pictures->list;
	if (!oldest)
		hand_over(pictures, picture, picture->prev);
	forget_images(pictures, picture);
	/* What the next change is noted in has changed. */
	if (picture == pictures_newest(pictures))
		pictures->serial++;
	remove_picture(pictures, picture);
}

void pictures_clear(struct pictures *pictures)
{
	pictures->held = NULL;
	pictures->shown = NULL;
	pictures->mark = NULL;
	while (pictures->list)
		pictures_drop(pictures, pictures_newest(pictures));
}

struct picture *pictures_newest(const struct pictures *pictures)
{
	return pictures->list ? pictures->list->prev : NULL; /* utlist's way */
}

static struct picture *before(const struct pictures *pictures,
			      const struct picture *picture)
{
	return picture == pictures->list ? NULL : picture->prev;
}

struct picture *pictures_regular_from(const struct pictures *pictures,
				      struct picture *picture)
{
	while (picture && !picture->regular)
		picture = before(pictures, picture);
	return picture;
}

struct picture *pictures_regular_before(const struct pictures *pictures,
					const struct picture *picture)
{
	return pictures_regular_from(pictures, before(pictures, picture));
}

static bool is_pinned(const struct pictures *pictures,
		      const struct picture *picture)
{
	return picture == pictures->held || picture == pictures->shown ||
	       picture == pictures->mark;
}

static bool is_too_much(const struct pictures *pictures)
{
	return pictures->regular > PICTURES_LIMIT ||
	       pictures->used_bytes > pictures->limit_bytes;
}

/* The first from PICTURE on that may go; the newest stays. */
static struct picture *first_loose(const struct pictures *pictures,
				   struct picture *picture)
{
	while (picture && is_pinned(pictures, picture))
		picture = picture->next;
	return picture && picture->next ? picture : NULL;
}

static void drop_oldest(struct pictures *pictures)
{
	struct picture *picture;
	while (is_too_much(pictures) &&
	       (picture = first_loose(pictures, pictures->list)))
		pictures_drop(pictures, picture);
}

/* While the screen is held what was before it is kept. */
static void trim(struct pictures *pictures)
{
	struct picture *picture;
	while (pictures->held &&
	       (picture = first_loose(pictures, pictures->held)))
		pictures_drop(pictures, picture);
	drop_oldest(pictures);
	if (pictures->used_bytes <= pictures->limit_bytes || !pictures->mark)
		return;
	pictures->mark = NULL;
	pictures->mark_lost = true;
	drop_oldest(pictures);
}

struct picture *pictures_open(struct pictures *pictures,
			      const struct picture *about)
{
	if (pictures->limit_bytes == 0)
		return NULL;
	struct picture *picture = xmalloc(sizeof(*picture));
	*picture = *about;
	picture->images = NULL;
	pictures->used_bytes += sizeof(*picture);
	pictures->regular += picture->regular;
	picture->number = ++pictures->serial;
	DL_APPEND(pictures->list, picture);
	trim(pictures);
	return picture;
}

static void add(struct pictures *pictures, struct picture *picture,
		enum row_kind kind, const struct picture_part *part,
		const uint64_t *hist)
{
	struct picture_image *image = xcalloc(1, sizeof(*image));
	image->key.kind = kind;
	image->key.id = part->id;
	image->state = part->state;
	if (hist) {
		image->hist = xmalloc(HIST_BYTES);
		memcpy(image->hist, hist, HIST_BYTES);
	}
	HASH_ADD(hh, picture->images, key, sizeof(image->key), image);
	pictures->used_bytes += bytes_of(image);
}

void pictures_note(struct pictures *pictures, enum row_kind kind, uint64_t id,
		   uint64_t *noted, const struct picture_state *state,
		   const uint64_t *hist)
{
	if (!pictures_want(pictures, *noted))
		return;
	*noted = pictures->serial;
	struct picture *newest = pictures_newest(pictures);
	const struct picture_part part = {.id = id, .state = *state};
	if (!find_in(newest, kind, id))
		add(pictures, newest, kind, &part, hist);
}

const struct picture_image *pictures_find(const struct picture *picture,
					  enum row_kind kind, uint64_t id)
{
	for (; picture; picture = picture->next) {
		const struct picture_image *image = find_in(picture, kind, id);
		if (image)
			return image;
	}
	return NULL;
}

static struct picture_state sum_of(const struct picture_state *a,
				   const struct picture_state *b, uint64_t tick)
{
	struct picture_state sum = *a;
	stat_sum_merge(&sum.sum, &b->sum, tick);
	sum.bytes_in += b->bytes_in;
	return sum;
}

void pictures_fold(struct pictures *pictures, enum row_kind kind,
		   const struct picture_part *from,
		   const struct picture_part *into)
{
	struct picture_state gone = from->state;
	struct picture_part rest = *into;
	struct picture *picture = pictures_newest(pictures);
	while (picture) {
		struct picture_image *a = find_in(picture, kind, from->id);
		struct picture_image *b = find_in(picture, kind, into->id);
		gone = a ? a->state : gone;
		rest.state = b ? b->state : rest.state;
		const struct picture_part both = {
			.id = into->id,
			.state = sum_of(&rest.state, &gone, picture->tick),
		};
		if (b)
			b->state = both.state;
		else if (a)
			add(pictures, picture, kind, &both, NULL);
		bool born = a && gone.sum.calls + gone.sum.errors == 0;
		if (a) {
			HASH_DELETE(hh, picture->images, a);
			free_image(pictures, a);
		}
		if (born || picture == pictures->list)
			break; /* no earlier one knows it */
		picture = picture->prev;
	}
}
